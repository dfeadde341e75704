package org.accountsecurity.shop;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** All data sets: every bean of this type, by name. */
@Component
public class DataSetCatalogue {

    private static final Logger LOG = LoggerFactory.getLogger(DataSetCatalogue.class);

    private final Map<String, DataSet> byName;

    public DataSetCatalogue(List<DataSet> dataSets) {
        this.byName = dataSets.stream()
                .collect(Collectors.toMap(
                        DataSet::name,
                        Function.identity(),
                        (first, second) -> {
                            throw new IllegalStateException("two data sets are named " + first.name());
                        },
                        TreeMap::new));
    }

    /** In alphabetical order. */
    public List<String> getNames() {
        return List.copyOf(byName.keySet());
    }

    /**
     * Asks a data set something for a holder, who is told where it fails.
     *
     * @throws ShopUnavailableException with what failed, and with a sentence for the holder
     */
    public <T> T ask(String name, Function<DataSet, T> question) {
        try {
            return question.apply(get(name));
        } catch (DataSetFailedException e) {
            LOG.warn("A holder can't go on now: {}", e.getMessage());
            throw new ShopUnavailableException(e.getMessage());
        }
    }

    /**
     * The data set of that name.
     *
     * @throws NoSuchElementException if there is none
     */
    public DataSet get(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new NoSuchElementException("there is no data set " + name));
    }
}
