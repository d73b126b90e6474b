using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>
/// Reads passes against one trust list. Never throws, whatever the text; nothing of a pass is looked at before its signature is found good.
/// Reading may go on in parallel; dispose it when a newer trust list takes its place.
/// </summary>
public sealed class PassReader : IDisposable
{
    private readonly Dictionary<KeyId, (TrustedKey Entry, ECDsa Key)> _keys = [];

    /// <summary>A reader that trusts the pass keys of this list.</summary>
    public PassReader(TrustList trust)
    {
        foreach (var entry in trust.Keys.Where(k => k.Use == KeyUse.Passes))
        {
            if (Es256.Import(entry.PublicKeyInfo.Span) is { } key && !_keys.TryAdd(entry.Id, (entry, key))) key.Dispose();
        }
    }

    /// <summary>Reads a text as a scanner gives it.</summary>
    /// <param name="text">Everything the code holds, untrimmed; null is no pass.</param>
    /// <param name="revoked">What was withdrawn; <see cref="RevocationList.Empty"/> when there is no list.</param>
    /// <param name="now">This clock's now.</param>
    public PassReading Read(string? text, RevocationList revoked, DateTimeOffset now)
    {
        if (text is null || !text.StartsWith(PassLimits.Prefix, StringComparison.Ordinal)) return Refuse(PassFault.NotAPass);
        if (text.Length > PassLimits.MaxText) return Refuse(PassFault.TooLarge);
        if (Base45.Decode(text.AsSpan(PassLimits.Prefix.Length)) is not { } stream) return Refuse(PassFault.BadEncoding);
        if (StoredZlib.Open(stream) is not { } message) return Refuse(PassFault.BadCompression);
        var (parts, fault) = Sign1.Read(message);
        if (parts is null) return Refuse(fault);
        if (!_keys.TryGetValue(parts.Key, out var trusted) || now < trusted.Entry.From - PassLimits.Tolerance) return Refuse(PassFault.UnknownKey);
        if (now >= trusted.Entry.Until) return Refuse(PassFault.KeyEnded);
        if (!parts.IsSignedBy(trusted.Key, [])) return Refuse(PassFault.BadSignature);
        if (PassClaims.Read(parts.Payload) is not { } pass) return Refuse(PassFault.BadStructure);
        if (pass.IssuedAt > now + PassLimits.Tolerance) return new PassReading.Refused(PassFault.NotYetValid, pass);
        if (now >= pass.ExpiresAt) return new PassReading.Refused(PassFault.Expired, pass);
        return revoked.Contains(pass) ? new PassReading.Refused(PassFault.Revoked, pass) : new PassReading.Valid(pass, parts.Key);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, key) in _keys.Values) key.Dispose();
        _keys.Clear();
    }

    private static PassReading.Refused Refuse(PassFault fault) => new(fault);
}
