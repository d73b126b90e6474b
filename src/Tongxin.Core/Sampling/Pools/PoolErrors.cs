using Tongxin.Core.Common;

namespace Tongxin.Core.Sampling.Pools;

/// <summary>Refusals of tubes. Codes are resource keys.</summary>
public static class PoolErrors
{
    /// <summary>A fact needs an id of its own.</summary>
    public static Error IdMissing() => Error.Invalid("pools.fact.id_missing");

    /// <summary>The code is empty, too long or holds blanks.</summary>
    public static Error CodeInvalid() => Error.Invalid("pools.tube.code_invalid");

    /// <summary>No tube of this kind holds so many.</summary>
    public static Error SizeInvalid(int size) => Error.Invalid("pools.tube.size_invalid", size);

    /// <summary>A recheck is of one person alone.</summary>
    public static Error RecheckAlone() => Error.Invalid("pools.tube.recheck_alone");

    /// <summary>A part of the fact is missing or makes no sense.</summary>
    public static Error FieldMissing(string field) => Error.Invalid("pools.fact.field_missing", field);

    /// <summary>Only an opening or a withdrawal names another fact, and never itself.</summary>
    public static Error CorrectsWrong() => Error.Invalid("pools.fact.corrects_wrong");

    /// <summary>This needs a second name, and another one.</summary>
    public static Error SecondName() => Error.Conflict("pools.fact.second_name");

    /// <summary>Another fact already carries this id.</summary>
    public static Error IdReused(Guid id) => Error.Conflict("pools.fact.id_reused", id);

    /// <summary>The code was opened elsewhere.</summary>
    public static Error CodeTaken(string code) => Error.Conflict("pools.tube.code_taken", code);

    /// <summary>Nobody opened this tube here.</summary>
    public static Error NotOpened(string code) => Error.Conflict("pools.tube.not_opened", code);

    /// <summary>The tube is closed; its members change only with two names.</summary>
    public static Error IsClosed(string code) => Error.Conflict("pools.tube.closed", code);

    /// <summary>The tube is not closed yet.</summary>
    public static Error NotClosed(string code) => Error.Conflict("pools.tube.not_closed", code);

    /// <summary>The tube is full: take the next.</summary>
    public static Error IsFull(string code, int size) => Error.Conflict("pools.tube.full", code, size);

    /// <summary>The person is in it already.</summary>
    public static Error AlreadyIn(string code) => Error.Conflict("pools.tube.already_in", code);

    /// <summary>Another household's tube.</summary>
    public static Error OtherHousehold(string code) => Error.Conflict("pools.tube.other_household", code);

    /// <summary>This person may not share a tube of this size.</summary>
    public static Error WrongClass(int most) => Error.Conflict("pools.tube.wrong_class", most);

    /// <summary>The number of people stated differs from those recorded.</summary>
    public static Error CountDiffers(int stated, int recorded) => Error.Conflict("pools.tube.count_differs", stated, recorded);

    /// <summary>The tube is in quarantine: its code was opened at two places.</summary>
    public static Error Collided(string code) => Error.Conflict("pools.tube.collided", code);

    /// <summary>The fact named is not known for this tube, or is of a kind that cannot be withdrawn.</summary>
    public static Error CannotWithdraw() => Error.Conflict("pools.fact.cannot_withdraw");
}
