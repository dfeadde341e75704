package org.accountsecurity.verification;

import java.util.List;
import java.util.Map;
import org.accountsecurity.notification.Channel;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.Masks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

/** The channels that a holder may choose from, for the form that asks. */
@Component
public class ChannelOptions {

    private static final Map<Channel, String> LABELS = Map.of(Channel.SMS, "短信", Channel.EMAIL, "邮件");

    private final Addresses addresses;
    private final HolderRequests requests;
    private final Accounts accounts;

    ChannelOptions(Addresses addresses, HolderRequests requests, Accounts accounts) {
        this.addresses = addresses;
        this.requests = requests;
        this.accounts = accounts;
    }

    /** Sets the display variable {@code channels}: one option for each address of the request's holder, masked. */
    public void show(DelegateExecution execution, Purpose purpose) {
        String request = execution.getProcessBusinessKey();
        List<Map<String, String>> options =
                addresses
                        .of(
                                request,
                                purpose,
                                accounts.find(requests.accountOf(request)).orElseThrow())
                        .entrySet()
                        .stream()
                        .map(entry -> Map.of(
                                "label",
                                LABELS.get(entry.getKey()) + " " + Masks.mask(entry.getValue()),
                                "value",
                                entry.getKey().name()))
                        .toList();
        execution.setVariable(
                "channels", SpinValues.jsonValue(Spin.JSON(options)).create());
    }
}
