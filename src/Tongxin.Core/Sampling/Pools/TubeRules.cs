using Tongxin.Core.Common;

namespace Tongxin.Core.Sampling.Pools;

/// <summary>What a fact must satisfy by itself, and what a table may still do to a tube.</summary>
public static class TubeRules
{
    /// <summary>The longest code.</summary>
    public const int LongestCode = 40;

    /// <summary>Ok, or why this fact makes no sense whatever else is known. Facts that fail are never followed.</summary>
    public static Result Check(TubeFact fact)
    {
        if (fact.Id == Guid.Empty) return PoolErrors.IdMissing();
        if (!IsCode(fact.TubeCode)) return PoolErrors.CodeInvalid();
        if (fact.Corrects is { } other && (other == fact.Id || fact.Kind is not (TubeFactKind.Opened or TubeFactKind.Withdrawn))) return PoolErrors.CorrectsWrong();
        if (fact.Witness is not null && !fact.HasTwoNames) return PoolErrors.SecondName();
        return fact.Kind switch
        {
            TubeFactKind.Opened => CheckOpened(fact),
            TubeFactKind.Sampled when fact.PersonId is null => PoolErrors.FieldMissing("person"),
            TubeFactKind.Closed when fact.Members is not (>= 0 and <= PoolSize.Largest) => PoolErrors.FieldMissing("members"),
            TubeFactKind.Boxed when !IsCode(fact.BoxCode) => PoolErrors.FieldMissing("box"),
            TubeFactKind.Resulted when fact.Result is null => PoolErrors.FieldMissing("result"),
            TubeFactKind.Resulted when fact.Version < 1 => PoolErrors.FieldMissing("version"),
            TubeFactKind.Voided when string.IsNullOrWhiteSpace(fact.Reason) => PoolErrors.FieldMissing("reason"),
            TubeFactKind.Withdrawn when fact.Corrects is null => PoolErrors.CorrectsWrong(),
            _ => Result.Ok,
        };
    }

    /// <summary>
    /// Ok, or why a table that asks first must not do it: the 11th person, a code in use elsewhere, a closed tube. What has
    /// already happened without asking is kept all the same, and <see cref="TubeFold"/> flags it.
    /// </summary>
    /// <param name="tube">The tube as known; <see cref="TubeState.Unopened"/> when nothing is.</param>
    /// <param name="next">What the table wants to do; passes <see cref="Check"/>.</param>
    public static Result Ask(TubeState tube, TubeFact next)
    {
        var check = Check(next);
        if (check.IsFailure) return check;
        if (tube.IsCollided && next.Kind != TubeFactKind.Withdrawn) return PoolErrors.Collided(tube.Code);
        return next.Kind switch
        {
            TubeFactKind.Opened => AskOpen(tube, next),
            TubeFactKind.Sampled => AskSample(tube, next),
            TubeFactKind.Closed => AskClose(tube, next),
            TubeFactKind.Boxed or TubeFactKind.Received or TubeFactKind.Testing or TubeFactKind.Resulted when tube.ClosedAt is null => PoolErrors.NotClosed(tube.Code),
            TubeFactKind.Withdrawn when tube.ClosedAt is not null && !next.HasTwoNames => PoolErrors.SecondName(),
            _ => Result.Ok,
        };
    }

    private static bool IsCode(string? code) =>
        code is { Length: > 0 and <= LongestCode } && !code.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static Result CheckOpened(TubeFact fact)
    {
        if (fact.Corrects is not null && !fact.HasTwoNames) return PoolErrors.SecondName();
        if (fact.Purpose == TubePurpose.Recheck) return fact.Size == 1 ? Result.Ok : PoolErrors.RecheckAlone();
        var fits = fact.Purpose == TubePurpose.Household ? fact.Size is >= 1 and <= PoolSize.Largest : PoolSize.Allowed.Contains(fact.Size);
        return fits ? Result.Ok : PoolErrors.SizeInvalid(fact.Size);
    }

    private static Result AskOpen(TubeState tube, TubeFact next)
    {
        if (next.Corrects is not null || tube.OpenedAt is null) return Result.Ok;
        if (!tube.Places.Contains(TubePlace.Of(next))) return PoolErrors.CodeTaken(tube.Code);
        return tube.ClosedAt is null ? Result.Ok : PoolErrors.IsClosed(tube.Code);
    }

    private static Result AskSample(TubeState tube, TubeFact next)
    {
        if (tube.OpenedAt is null) return PoolErrors.NotOpened(tube.Code);
        if (tube.RoundId != next.RoundId) return PoolErrors.CodeTaken(tube.Code);
        if (tube.Members.Any(m => m.PersonId == next.PersonId)) return PoolErrors.AlreadyIn(tube.Code);
        if (tube.ClosedAt is not null && !next.HasTwoNames) return PoolErrors.IsClosed(tube.Code);
        if (tube.Members.Count >= tube.Size) return PoolErrors.IsFull(tube.Code, tube.Size);
        if (tube.Purpose == TubePurpose.Household && tube.Members.Any(m => m.HouseholdId != next.HouseholdId)) return PoolErrors.OtherHousehold(tube.Code);
        return MaySit(next.MostWith, tube.Purpose, tube.Size) ? Result.Ok : PoolErrors.WrongClass(next.MostWith ?? 1);
    }

    private static Result AskClose(TubeState tube, TubeFact next)
    {
        if (tube.OpenedAt is null) return PoolErrors.NotOpened(tube.Code);
        if (tube.ClosedAt is not null && !next.HasTwoNames) return PoolErrors.IsClosed(tube.Code);
        return next.Members == tube.Members.Count ? Result.Ok : PoolErrors.CountDiffers(next.Members ?? 0, tube.Members.Count);
    }

    /// <summary>Whether somebody who may share with so many belongs into a tube of this size. A household is one tube whatever its size.</summary>
    internal static bool MaySit(int? mostWith, TubePurpose purpose, int size) => purpose == TubePurpose.Household || size <= (mostWith ?? PoolSize.Largest);
}
