namespace Tongxin.Core.Protocols;

/// <summary>How sure a cited rule is.</summary>
public enum Basis
{
    /// <summary>Stated in the cited text.</summary>
    Stated = 1,

    /// <summary>Well known, the text not read again.</summary>
    WellKnown,

    /// <summary>Our judgement where no text decides; a local edition will say otherwise.</summary>
    Judgement,
}

/// <summary>Where a rule comes from.</summary>
/// <param name="Key">What rules call it.</param>
/// <param name="Text">Title of the text, or the grounds of a judgement.</param>
/// <param name="Date">Its date, when it has one.</param>
/// <param name="Basis">How sure it is.</param>
public sealed record Citation(string Key, string Text, DateOnly? Date, Basis Basis);

/// <summary>What a colour means and what is done with it at a gate.</summary>
/// <param name="Colour">Green, Grey, Yellow or Red.</param>
/// <param name="Meaning">In Chinese, for the holder.</param>
/// <param name="MeaningEn">In English.</param>
/// <param name="AtGate">On the way to any place.</param>
/// <param name="ToHomeFoodMedicine">On the way home, to food or to medicine.</param>
/// <param name="Source">Key of one of the edition's citations.</param>
public sealed record ColourRule(Colour Colour, string Meaning, string MeaningEn, GateAction AtGate, GateAction ToHomeFoodMedicine, string Source);

/// <summary>
/// One edition of a protocol: rules as data, never changed once they have been in force. Another rule is another edition. Which edition is in
/// force at a place, two people decide; nothing here knows.
/// </summary>
public sealed record Edition
{
    /// <summary>Stable id, as in "CN-COVID-9"; stands in passes.</summary>
    public required string Id { get; init; }

    /// <summary>Name in Chinese.</summary>
    public required string Name { get; init; }

    /// <summary>Name in English.</summary>
    public required string NameEn { get; init; }

    /// <summary>The disease, or "any".</summary>
    public required string Disease { get; init; }

    /// <summary>The day from which the text itself was in force; null for one without such a day.</summary>
    public required DateOnly? EffectiveFrom { get; init; }

    /// <summary>Every source that a rule names.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>What colours mean; empty when the edition has none, and then no pass has one.</summary>
    public required IReadOnlyList<ColourRule> Colours { get; init; }

    /// <summary>Proofs that count; empty when none is asked for.</summary>
    public required IReadOnlyList<ProofRule> Proofs { get; init; }

    /// <summary>What measures mean and how long they may last; a kind that is not here has no effect on a colour.</summary>
    public required IReadOnlyList<MeasureRule> Measures { get; init; }

    /// <summary>What those who come back owe, by risk of where they were; a level that is not here asks for nothing.</summary>
    public required IReadOnlyList<ReturnRule> Returns { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal: the edition a decision was made under can be shown to be the one of today.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>True when passes have colours under this edition.</summary>
    public bool HasColours => Colours.Count > 0;

    /// <summary>What this kind of measure means here; null when nothing.</summary>
    public MeasureRule? RuleFor(MeasureKind kind) => Measures.FirstOrDefault(m => m.Kind == kind);

    /// <summary>What is done at a gate. Without a colour everybody is let through. Emergencies do not ask.</summary>
    public GateAction AtGate(Colour colour, WayTo way) => Colours.FirstOrDefault(c => c.Colour == colour) is not { } rule
        ? GateAction.Admit
        : way == WayTo.AnyPlace ? rule.AtGate : rule.ToHomeFoodMedicine;

    /// <summary>The strictest of what these stays ask for; null when the return need not even be declared.</summary>
    /// <param name="stays">Stays in areas of a risk level before the return.</param>
    /// <param name="returnsOn">The day of the return.</param>
    public ReturnRule? ReturnFor(IEnumerable<RiskStay> stays, DateOnly returnsOn) => stays
        .SelectMany(stay => Returns.Where(r => r.Level == stay.Level && stay.LastDay >= returnsOn.AddDays(-r.LookBackDays)))
        .MaxBy(r => (r.Duty, r.Days, r.Tests, r.Level));
}
