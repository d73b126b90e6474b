using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>Signs passes with one key. Not safe for concurrent use: it keeps its buffers. The key stays its owner's to dispose.</summary>
public sealed class PassIssuer(ECDsa key)
{
    private readonly byte[] _payload = new byte[512];
    private readonly byte[] _stream = new byte[1024];

    /// <summary>What passes of this issuer call the key.</summary>
    public KeyId Key { get; } = KeyId.Of(key);

    /// <summary>The text of the pass, for a QR code in alphanumeric mode.</summary>
    /// <exception cref="ArgumentException">The pass says something that no reader would accept (a bug of the caller).</exception>
    public string Issue(Pass pass)
    {
        if (!pass.IsSound()) throw new ArgumentException("A pass may not say this.", nameof(pass));
        var payload = PassClaims.Write(pass, _payload);
        var length = Sign1.LengthOf(payload.Length);
        Sign1.Write(key, Key, payload, [], _stream.AsSpan(StoredZlib.Around - 4, length));
        StoredZlib.Close(_stream, length);
        return string.Create(PassLimits.Prefix.Length + Base45.LengthOf(length + StoredZlib.Around), (_stream, length + StoredZlib.Around), static (text, stream) =>
        {
            PassLimits.Prefix.CopyTo(text);
            Base45.Write(stream._stream.AsSpan(0, stream.Item2), text[PassLimits.Prefix.Length..]);
        });
    }
}
