package dev.caracal.parsers.format;

import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldPath;
import dev.caracal.parsers.schema.FieldSource;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.Mask;
import dev.caracal.parsers.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the converters for the fields of a schema. */
final class Converters {

    private final Schema schema;
    private final boolean lenientNumbers;
    private final EventBuilder builder;
    private int timestamps;

    /**
     * @param lenientNumbers text that is no number is left out of number fields, not refused
     */
    Converters(Schema schema, boolean lenientNumbers, EventBuilder builder) {
        this.schema = schema;
        this.lenientNumbers = lenientNumbers;
        this.builder = builder;
    }

    ObjectConverter event() {
        return object(schema.fields(), List.of(), true);
    }

    /**
     * @param hidden paths from this object to values that are left out where no field has them
     */
    private ObjectConverter object(List<Field> fields, List<FieldPath> hidden, boolean topLevel) {
        Derivation derivation = new Derivation(fields);
        List<FieldPath> allHidden = new ArrayList<>(hidden);
        allHidden.addAll(derivation.hidden());
        List<Member> members = new ArrayList<>();
        Set<String> columns = new HashSet<>();
        Set<String> hiddenKeys = new HashSet<>();
        allHidden.forEach(path -> hiddenKeys.add(path.head()));
        for (Field field : fields) {
            Member member = new Member(field, converter(field.type(), tails(field, allHidden)));
            members.add(member);
            columns.add(member.column());
            if (member.isMasked()) {
                // Nothing unmasked can be taken for it.
                hiddenKeys.add(field.name());
            }
        }
        return new ObjectConverter(
                members,
                new MemberTable(
                        members.stream().filter(member -> !member.isDerived()).toList(),
                        schema.caseInsensitive()),
                new OtherMembers(columns, hiddenKeys, schema.caseInsensitive(), topLevel, builder),
                derived(derivation, members),
                builder);
    }

    private static List<FieldPath> tails(Field field, List<FieldPath> paths) {
        if (paths.isEmpty() || !(field.source() instanceof FieldSource.Key key)) {
            return List.of();
        }
        return tails(paths.stream().filter(path -> path.head().equals(key.name())).toList());
    }

    private static List<FieldPath> tails(List<FieldPath> paths) {
        return paths.stream().filter(p -> p.keys().size() > 1).map(FieldPath::tail).toList();
    }

    private @Nullable DerivedMembers derived(Derivation derivation, List<Member> members) {
        if (derivation.isEmpty()) {
            return null;
        }
        return new DerivedMembers(
                members.stream()
                        .filter(Member::isDerived)
                        .map(m -> new DerivedMembers.Derived(m, derivation.text(m.field())))
                        .toList(),
                derivation.paths(),
                schema.caseInsensitive(),
                builder);
    }

    private ValueConverter converter(FieldType fieldType, List<FieldPath> hidden) {
        if (fieldType instanceof FieldType.StringType type) {
            return string(type);
        }
        if (fieldType instanceof FieldType.ObjectType type) {
            return embedded(type.embedded(), object(type.fields(), hidden, false));
        }
        if (fieldType instanceof FieldType.ArrayType type) {
            ValueConverter element = converter(type.element(), tails(hidden));
            return embedded(type.embedded(), new ArrayConverter(element, builder));
        }
        if (fieldType instanceof FieldType.TimestampType type) {
            return new TimestampConverter(type, timestamps++, builder);
        }
        if (fieldType instanceof FieldType.IntegerType type) {
            return new IntegerConverter(type, lenientNumbers, builder);
        }
        if (fieldType instanceof FieldType.JsonType type) {
            return embedded(type.embedded(), new JsonConverter(type.awsIndicators(), builder));
        }
        return fieldType instanceof FieldType.BooleanType
                ? new BooleanConverter(builder)
                : new FloatConverter(lenientNumbers, builder);
    }

    private ValueConverter string(FieldType.StringType type) {
        Mask mask = type.mask();
        return mask == null
                ? new StringConverter(type, builder)
                : new MaskedConverter(mask, type.validation(), builder);
    }

    private ValueConverter embedded(boolean embedded, ValueConverter converter) {
        return embedded ? new EmbeddedConverter(converter, builder) : converter;
    }
}
