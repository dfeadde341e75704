package org.accountsecurity.gateway;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.accountsecurity.settings.CheckedSettings;
import org.accountsecurity.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The shop's SMS gateways.
 *
 * @param url address of the one SMS gateway, where the defaults of {@link SmsGatewaySettings} suit it
 * @param signature signature of the shop as it is registered with the operator, without 【】: every SMS begins with it
 * @param gateways SMS gateways in the order in which they are tried, in place of the one url
 * @param priceFen price of one segment of an SMS, in fen; decimals are allowed
 */
@ConfigurationProperties(SmsSettings.PREFIX)
public record SmsSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String signature,
        @DefaultValue List<SmsGatewaySettings> gateways,
        @DefaultValue Breaker breaker,
        @DefaultValue Receipts receipts,
        @DefaultValue("0") double priceFen)
        implements CheckedSettings {

    static final String PREFIX = "account-security.sms";

    private static final Pattern SIGNATURE = Pattern.compile("[^\\p{Cntrl}【】]{2,20}");

    /** Of one message, through all gateways. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(30);

    /**
     * When a gateway is left out.
     *
     * @param calls number of the last calls that are looked at
     * @param failureRate share of failed calls from which on a gateway is left out, in per cent
     * @param openFor how long it is left out, before one message tries it again
     */
    record Breaker(
            @DefaultValue("6") int calls,
            @DefaultValue("50") int failureRate,
            @DefaultValue("30s") Duration openFor) {}

    /**
     * How the gateways say what became of a message.
     *
     * @param secret secret that gateways sign receipts with; without one, no receipt is accepted
     */
    record Receipts(@DefaultValue("") String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Receipts[]";
        }
    }

    List<SmsGatewaySettings> all() {
        return url.isBlank() ? gateways : List.of(SmsGatewaySettings.simple(url));
    }

    @Override
    public List<String> wrong() {
        SettingCheck check = new SettingCheck(PREFIX)
                .require(
                        SIGNATURE.matcher(signature).matches(),
                        "signature",
                        "the signature that your operator has registered for your SMS, 2 to 20 characters without 【】")
                .require(priceFen >= 0, "price-fen", "0 or more");
        if (!url.isBlank()) {
            if (!gateways.isEmpty()) {
                check.add("Set " + PREFIX + ".url or " + PREFIX + ".gateways, not both.");
            }
            SmsGatewaySettings.simple(url).check(check, "");
        }
        for (int index = 0; index < gateways.size(); index++) {
            gateways.get(index).check(check, "gateways[" + index + "].");
        }
        Duration longest = all().stream().map(SmsGatewaySettings::timeout).reduce(Duration.ZERO, Duration::plus);
        if (longest.compareTo(LONGEST_SEND) > 0) {
            check.add("Set the timeouts of " + PREFIX + ".gateways so that they last " + LONGEST_SEND.toSeconds()
                    + " seconds at most, all together.");
        }
        return check.require(breaker.calls() >= 1 && breaker.calls() <= 100, "breaker.calls", "a number from 1 to 100")
                .require(
                        breaker.failureRate() >= 1 && breaker.failureRate() <= 100,
                        "breaker.failure-rate",
                        "a percentage from 1 to 100")
                .require(breaker.openFor().toMillis() >= 1, "breaker.open-for", "a duration above zero")
                .require(
                        receipts.secret().isEmpty() || receipts.secret().length() >= Signature.SECRET_LENGTH,
                        "receipts.secret",
                        "a random text of at least " + Signature.SECRET_LENGTH
                                + " characters that the gateways know too, or leave it out")
                .wrong();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SmsSettings[]";
    }
}
