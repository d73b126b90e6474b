using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tongxin.Platform.Devices;

/// <summary>256 random bits that a device proves itself with. They leave the server once, at enrolment.</summary>
internal static class DeviceToken
{
    /// <summary>Before the token in the Authorization header.</summary>
    public const string Prefix = "Device ";

    /// <summary>Characters of a token: 32 bytes as base64url.</summary>
    public const int Length = 43;

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[Length * 3];
        return SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)]);
    }

    /// <summary>The token in an Authorization header; empty when there is none of the right length.</summary>
    public static ReadOnlySpan<char> In(string? header) =>
        header is { Length: > 7 } && header.Length == Prefix.Length + Length && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header.AsSpan(Prefix.Length) : default;
}
