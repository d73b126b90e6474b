using Tongxin.Core.Common;

namespace Tongxin.Core.Protocols;

/// <summary>Refusals of an edition's file. Codes are resource keys.</summary>
public static class EditionErrors
{
    /// <summary>The file is not an edition: wrong JSON, a missing or an unknown field.</summary>
    public static Error Malformed(string where) => Error.Invalid("protocols.edition.malformed", where);

    /// <summary>A field has a value that no edition may have.</summary>
    public static Error FieldInvalid(string field) => Error.Invalid("protocols.edition.field_invalid", field);

    /// <summary>A rule names a source that the edition does not cite.</summary>
    public static Error SourceMissing(string source) => Error.Invalid("protocols.edition.source_missing", source);

    /// <summary>The same colour, measure, proof or level has two rules.</summary>
    public static Error RuleTwice(string rule) => Error.Invalid("protocols.edition.rule_twice", rule);

    /// <summary>Grey would lock somebody out of home, food or medicine.</summary>
    public static Error GreyLocksOut() => Error.Invalid("protocols.edition.grey_locks_out");

    /// <summary>A red measure needs two people, a yellow one ends within seven days, and neither grey nor nothing can be imposed.</summary>
    public static Error MeasureTooFree(MeasureKind kind) => Error.Invalid("protocols.edition.measure_too_free", kind);
}
