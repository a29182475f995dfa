package presence.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The OpenAPI document, as it was written and as JSON. */
final class ApiDescription {
    private final Asset yaml = Asset.of("/presence/openapi.yaml", "application/yaml");
    private final Asset json = new Asset(json(yaml.bytes()), "application/json");

    Asset yaml() {
        return yaml;
    }

    Asset json() {
        return json;
    }

    private static byte[] json(byte[] yaml) {
        try {
            JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(yaml);
            return new ObjectMapper().writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException("The OpenAPI document is not well-formed YAML", e);
        }
    }
}
