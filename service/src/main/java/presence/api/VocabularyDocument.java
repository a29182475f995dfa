package presence.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import presence.engine.Operator;
import presence.engine.ValueSort;
import presence.engine.Vocabulary;

/** Writes the words that rules are written in: what editors complete from. */
public final class VocabularyDocument {
    private VocabularyDocument() {}

    /** Writes the document. */
    public static void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("facts");
        for (Class<? extends Record> fact : Vocabulary.facts()) {
            fact(json, fact);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lists");
        for (Class<? extends Enum<?>> list : Vocabulary.values()) {
            list(json, list);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("types");
        for (ValueSort sort : ValueSort.values()) {
            json.writeStartObject();
            json.writeStringField("type", sort.name());
            json.writeStringField("meaning", sort.meaning());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("operators");
        for (Operator operator : Operator.values()) {
            operator(json, operator);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("conclusions");
        for (Method conclusion : Vocabulary.conclusions()) {
            conclusion(json, conclusion);
        }
        json.writeEndArray();
        json.writeStringField("timer", Vocabulary.timer());
        json.writeEndObject();
    }

    private static void fact(JsonGenerator json, Class<? extends Record> fact) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", fact.getSimpleName());
        json.writeStringField("meaning", Vocabulary.meaning(fact));
        json.writeNumberField("most", Vocabulary.most(fact));
        json.writeArrayFieldStart("fields");
        for (RecordComponent field : fact.getRecordComponents()) {
            json.writeStartObject();
            json.writeStringField("name", field.getName());
            type(json, field.getGenericType());
            json.writeBooleanField("nullable", Vocabulary.canBeNull(field));
            json.writeStringField("meaning", Vocabulary.meaning(field));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("questions");
        for (Method question : Vocabulary.questions(fact)) {
            json.writeStartObject();
            json.writeStringField("name", question.getName());
            takes(json, question);
            type(json, question.getGenericReturnType());
            json.writeStringField("meaning", Vocabulary.meaning(question));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, Class<? extends Enum<?>> list) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", list.getSimpleName());
        json.writeStringField("meaning", Vocabulary.meaning(list));
        json.writeArrayFieldStart("values");
        for (String value : Vocabulary.constants(list)) {
            json.writeStartObject();
            json.writeStringField("name", value);
            json.writeStringField("meaning", Vocabulary.meaning(list, value));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void operator(JsonGenerator json, Operator operator) throws IOException {
        json.writeStartObject();
        json.writeStringField("sign", operator.sign());
        json.writeArrayFieldStart("types");
        for (ValueSort sort : operator.sorts()) {
            json.writeString(sort.name());
        }
        json.writeEndArray();
        json.writeStringField("meaning", operator.meaning());
        json.writeStringField("example", operator.example());
        json.writeEndObject();
    }

    private static void conclusion(JsonGenerator json, Method conclusion) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", conclusion.getName());
        takes(json, conclusion);
        json.writeStringField("about", Vocabulary.about(conclusion).getSimpleName());
        json.writeStringField("meaning", Vocabulary.meaning(conclusion));
        json.writeEndObject();
    }

    private static void takes(JsonGenerator json, Method method) throws IOException {
        json.writeArrayFieldStart("takes");
        for (Type parameter : method.getGenericParameterTypes()) {
            json.writeStartObject();
            type(json, parameter);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The sort, and where it has one the list, the fact, or what the set holds. */
    private static void type(JsonGenerator json, Type declared) throws IOException {
        ValueSort sort = Vocabulary.sort(declared);
        Class<?> of = Vocabulary.of(declared);
        json.writeStringField("type", sort.name());
        if (of.isEnum() || of.isRecord()) {
            json.writeStringField("of", of.getSimpleName());
        } else if (sort == ValueSort.SET) {
            json.writeStringField("of", Vocabulary.sort(of).name());
        }
    }
}
