package org.accountsecurity.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * The shop's SMS gateways.
 *
 * @param url of the one gateway, where the defaults of {@link SmsGatewaySettings} suit it
 * @param signature of the shop as it is registered with the operator, without 【】: every SMS begins with it
 * @param gateways otherwise, in the order in which they are tried
 */
@ConfigurationProperties(SmsSettings.PREFIX)
public record SmsSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String signature,
        @DefaultValue List<SmsGatewaySettings> gateways,
        @DefaultValue Breaker breaker,
        @DefaultValue Receipts receipts) {

    static final String PREFIX = "account-security.sms";

    private static final Pattern SIGNATURE = Pattern.compile("[^\\p{Cntrl}【】]{2,20}");

    /** Of one message, through all gateways. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(30);

    /**
     * When a gateway is left out.
     *
     * @param calls how many of the last ones are looked at
     * @param failureRate from which share of them on it is left out, in per cent
     * @param openFor how long, before one message tries it again
     */
    record Breaker(
            @DefaultValue("6") int calls,
            @DefaultValue("50") int failureRate,
            @DefaultValue("30s") Duration openFor) {}

    /**
     * How the gateways say what became of a message.
     *
     * @param secret with which they sign; without one, nobody may say anything
     */
    record Receipts(@DefaultValue("") String secret) {}

    /** Whether there is a gateway. */
    static boolean present(Environment environment) {
        return !of(environment).all().isEmpty();
    }

    /** One sentence for each setting that is wrong; it says what to set, and never what was set. */
    public static List<String> wrong(Environment environment) {
        try {
            return of(environment).wrong();
        } catch (BindException e) {
            return List.of("Set " + e.getName() + " to a value of its kind.");
        }
    }

    List<SmsGatewaySettings> all() {
        return url.isBlank() ? gateways : List.of(SmsGatewaySettings.simple(url));
    }

    private static SmsSettings of(Environment environment) {
        return Binder.get(environment).bindOrCreate(PREFIX, SmsSettings.class);
    }

    private List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        if (!SIGNATURE.matcher(signature).matches()) {
            wrong.add("Set " + PREFIX
                    + ".signature to the signature that your operator has registered for your SMS, 2 to 20"
                    + " characters without 【】.");
        }
        if (!url.isBlank()) {
            if (!gateways.isEmpty()) {
                wrong.add("Set " + PREFIX + ".url or " + PREFIX + ".gateways, not both.");
            }
            wrong.addAll(SmsGatewaySettings.simple(url).wrong(PREFIX));
        }
        for (int index = 0; index < gateways.size(); index++) {
            wrong.addAll(gateways.get(index).wrong(PREFIX + ".gateways[" + index + "]"));
        }
        Duration longest = all().stream().map(SmsGatewaySettings::timeout).reduce(Duration.ZERO, Duration::plus);
        if (longest.compareTo(LONGEST_SEND) > 0) {
            wrong.add("Set the timeouts of " + PREFIX + ".gateways so that they last " + LONGEST_SEND.toSeconds()
                    + " seconds at most, all together.");
        }
        if (breaker.calls() < 1 || breaker.calls() > 100) {
            wrong.add("Set " + PREFIX + ".breaker.calls to a number from 1 to 100.");
        }
        if (breaker.failureRate() < 1 || breaker.failureRate() > 100) {
            wrong.add("Set " + PREFIX + ".breaker.failure-rate to a percentage from 1 to 100.");
        }
        if (breaker.openFor().toMillis() < 1) {
            wrong.add("Set " + PREFIX + ".breaker.open-for to a duration above zero.");
        }
        if (!receipts.secret().isEmpty() && receipts.secret().length() < Signature.SECRET_LENGTH) {
            wrong.add("Set " + PREFIX + ".receipts.secret to a random text of at least " + Signature.SECRET_LENGTH
                    + " characters that the gateways know too, or leave it out.");
        }
        return wrong;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SmsSettings[]";
    }
}
