using Tongxin.Core.Common;

namespace Tongxin.Core.Returns;

/// <summary>Where the one record of a return is, from declaration to the end of observation.</summary>
public enum ReturnState
{
    /// <summary>已备案.</summary>
    Declared,

    /// <summary>已判定.</summary>
    Decided,

    /// <summary>已预约.</summary>
    Booked,

    /// <summary>已到校: at the gate or in the temporary room.</summary>
    Arrived,

    /// <summary>观察中.</summary>
    Observing,

    /// <summary>已放行 or observation ended.</summary>
    Cleared,

    /// <summary>已取消.</summary>
    Cancelled,

    /// <summary>逾期未到.</summary>
    NotArrived,
}

/// <summary>What moves the record.</summary>
public enum ReturnStep
{
    /// <summary>Declared, or declared anew after a cancellation.</summary>
    Declare,

    /// <summary>The journey was corrected.</summary>
    Correct,

    /// <summary>The rules decided.</summary>
    Decide,

    /// <summary>The rules decided anew and the person may still come: the record stays where it is.</summary>
    DecideAgain,

    /// <summary>A slot was booked, or changed.</summary>
    Book,

    /// <summary>The slot was given back or taken away.</summary>
    Release,

    /// <summary>Came to the gate.</summary>
    Arrive,

    /// <summary>Waits in the temporary room.</summary>
    Shelter,

    /// <summary>Under observation or monitoring from now on.</summary>
    Observe,

    /// <summary>May go on; or observation ended.</summary>
    Clear,

    /// <summary>Does not come.</summary>
    Cancel,

    /// <summary>The slot's day is over.</summary>
    Miss,
}

/// <summary>The state chain of one record. Every move not listed is refused.</summary>
public static class ReturnChain
{
    private static readonly Dictionary<(ReturnState, ReturnStep), ReturnState> Moves = new()
    {
        [(ReturnState.Cancelled, ReturnStep.Declare)] = ReturnState.Declared,
        [(ReturnState.Declared, ReturnStep.Correct)] = ReturnState.Declared,
        [(ReturnState.Declared, ReturnStep.Decide)] = ReturnState.Decided,
        [(ReturnState.Declared, ReturnStep.Cancel)] = ReturnState.Cancelled,
        [(ReturnState.Decided, ReturnStep.Correct)] = ReturnState.Declared,
        [(ReturnState.Decided, ReturnStep.DecideAgain)] = ReturnState.Decided,
        [(ReturnState.Decided, ReturnStep.Book)] = ReturnState.Booked,
        [(ReturnState.Decided, ReturnStep.Arrive)] = ReturnState.Arrived,
        [(ReturnState.Decided, ReturnStep.Cancel)] = ReturnState.Cancelled,
        [(ReturnState.Booked, ReturnStep.DecideAgain)] = ReturnState.Booked,
        [(ReturnState.Booked, ReturnStep.Book)] = ReturnState.Booked,
        [(ReturnState.Booked, ReturnStep.Release)] = ReturnState.Decided,
        [(ReturnState.Booked, ReturnStep.Arrive)] = ReturnState.Arrived,
        [(ReturnState.Booked, ReturnStep.Cancel)] = ReturnState.Cancelled,
        [(ReturnState.Booked, ReturnStep.Miss)] = ReturnState.NotArrived,
        [(ReturnState.NotArrived, ReturnStep.Release)] = ReturnState.Decided,
        [(ReturnState.NotArrived, ReturnStep.Arrive)] = ReturnState.Arrived,
        [(ReturnState.NotArrived, ReturnStep.Cancel)] = ReturnState.Cancelled,
        [(ReturnState.Arrived, ReturnStep.Shelter)] = ReturnState.Arrived,
        [(ReturnState.Arrived, ReturnStep.Observe)] = ReturnState.Observing,
        [(ReturnState.Arrived, ReturnStep.Clear)] = ReturnState.Cleared,
        [(ReturnState.Observing, ReturnStep.Clear)] = ReturnState.Cleared,
    };

    /// <summary>Where a step leads; refused with <c>returns.step</c> where the chain does not have it.</summary>
    public static Result<ReturnState> Next(ReturnState state, ReturnStep step) =>
        Moves.TryGetValue((state, step), out var next) ? next : Error.Conflict("returns.step", state, step);

    /// <summary>Whether the chain has the step.</summary>
    public static bool Allows(ReturnState state, ReturnStep step) => Moves.ContainsKey((state, step));
}
