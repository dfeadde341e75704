package org.accountsecurity.text;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.mustache.servlet.view.MustacheViewResolver;
import org.springframework.context.annotation.Configuration;

/**
 * Lets templates say sentences of the messages: <code>{{#say}}key|name={{value}}{{/say}}</code>. Sentences may be HTML; values
 * are escaped as everywhere in a template.
 */
@Configuration(proxyBeanMethods = false)
class PageTexts implements Mustache.Lambda {

    /** No value has an equals sign: templates escape it. */
    private static final Pattern PARAMETER = Pattern.compile("\\|(?=[a-zA-Z]+=)");

    PageTexts(ObjectProvider<MustacheViewResolver> pages) {
        pages.ifAvailable(views -> views.setAttributesMap(Map.of("say", this)));
    }

    @Override
    public void execute(Template.Fragment fragment, Writer page) throws IOException {
        String[] parts = PARAMETER.split(fragment.execute());
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].split("=", 2);
            parameters.put(parameter[0], parameter[1]);
        }
        page.write(Messages.text(parts[0], parameters));
    }
}
