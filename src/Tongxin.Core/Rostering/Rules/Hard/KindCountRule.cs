namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too many duties of one kind. Args: duties of the kind, most.</summary>
internal sealed class KindCountRule : HardRule
{
    public override string Name => "kind_count";

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from kind in who.Duties.GroupBy(d => d.KindId)
        where who.Person.MaxOfKind.TryGetValue(kind.Key, out var most) && kind.Count() > most
        select who.Break(Name, kind.Last(), kind.Count(), who.Person.MaxOfKind[kind.Key]);
}
