namespace Tongxin.Core.Common;

/// <summary>What kind of refusal an <see cref="Error"/> is; decides the HTTP status and nothing else.</summary>
public enum ErrorKind
{
    /// <summary>The request is malformed or incomplete (400).</summary>
    Invalid,

    /// <summary>There is no such thing, or it lies outside the caller's scope (404).</summary>
    NotFound,

    /// <summary>The caller may see the thing but may not do this to it (403).</summary>
    Forbidden,

    /// <summary>A rule of the house or a newer version of the row stands against it (409).</summary>
    Conflict,
}

/// <summary>
/// A refusal that a person caused and a person can mend. <see cref="Code"/> is stable ("grid.cell.taken") and is the key of
/// the text shown; <see cref="Args"/> fill its places. Bugs throw instead.
/// </summary>
public sealed record Error(string Code, ErrorKind Kind, params object?[] Args)
{
    /// <summary>A malformed or incomplete request.</summary>
    public static Error Invalid(string code, params object?[] args) => new(code, ErrorKind.Invalid, args);

    /// <summary>Nothing there, or nothing the caller may know of.</summary>
    public static Error NotFound(string code, params object?[] args) => new(code, ErrorKind.NotFound, args);

    /// <summary>Visible, but not for this caller to change.</summary>
    public static Error Forbidden(string code, params object?[] args) => new(code, ErrorKind.Forbidden, args);

    /// <summary>A rule or a newer version stands against it.</summary>
    public static Error Conflict(string code, params object?[] args) => new(code, ErrorKind.Conflict, args);
}

/// <summary>The answer of a rule: done, or refused with one <see cref="Error"/>.</summary>
public readonly record struct Result
{
    private readonly Error? _error;

    private Result(Error error) => _error = error;

    /// <summary>Done.</summary>
    public static Result Ok => default;

    /// <summary>True when the rule refused.</summary>
    public bool IsFailure => _error is not null;

    /// <summary>The refusal. Throws when there is none.</summary>
    public Error Error => _error ?? throw new InvalidOperationException("The result is a success.");

    /// <summary>A refusal.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The answer of a rule that yields a <typeparamref name="T"/>, or one <see cref="Error"/>.</summary>
public readonly record struct Result<T>
{
    private readonly Error? _error;
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, _error) = (value, error);

    /// <summary>True when the rule refused.</summary>
    public bool IsFailure => _error is not null;

    /// <summary>The answer. Throws when the rule refused.</summary>
    public T Value => _error is null ? _value! /* set by the only success constructor */ : throw new InvalidOperationException(_error.Code);

    /// <summary>The refusal. Throws when there is none.</summary>
    public Error Error => _error ?? throw new InvalidOperationException("The result is a success.");

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
