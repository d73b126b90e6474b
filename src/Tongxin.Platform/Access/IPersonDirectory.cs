namespace Tongxin.Platform.Access;

/// <summary>Whom an account is for. Says nothing but an id: whoever makes accounts need not see the register.</summary>
public interface IPersonDirectory
{
    /// <summary>The one person with this student or staff number, or with this whole phone number; null when it is nobody, or several.</summary>
    Task<Guid?> FindAsync(string numberOrPhone, CancellationToken ct);
}

/// <summary>An installation without a register: accounts are for posts only.</summary>
internal sealed class NoPersons : IPersonDirectory
{
    public Task<Guid?> FindAsync(string numberOrPhone, CancellationToken ct) => Task.FromResult<Guid?>(null);
}
