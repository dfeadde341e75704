package org.accountsecurity.shop;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.accountsecurity.text.TypedText;
import org.springframework.stereotype.Component;

/** Which phone numbers the shop binds, and the one spelling in which it stores them. */
@Component
public class PhoneNumbers {

    private static final String MAINLAND = "CN";
    /** The library reads past anything else. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]+");

    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    private final List<String> regions;

    PhoneNumbers(PhoneSettings settings) {
        this.regions = settings.phoneRegions();
    }

    /**
     * The stored spelling of a typed mobile number: 11 digits for the mainland, E.164 otherwise; empty if it is none of
     * the configured regions.
     */
    public Optional<String> mobile(String typed) {
        String plain = typed == null ? "" : TypedText.number(typed);
        if (!NUMBER.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = util.parse(plain, regions.get(0));
            String region = util.getRegionCodeForNumber(number);
            if (!regions.contains(region)
                    || !util.isValidNumber(number)
                    || !MOBILE.contains(util.getNumberType(number))
                    || number.hasExtension()) {
                return Optional.empty();
            }
            return Optional.of(
                    MAINLAND.equals(region)
                            ? util.getNationalSignificantNumber(number)
                            : util.format(number, PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
