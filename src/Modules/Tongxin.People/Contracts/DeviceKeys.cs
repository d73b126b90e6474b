using System.Security.Cryptography;
using System.Text;

namespace Tongxin.People.Contracts;

/// <summary>
/// How a device compares what somebody typed or showed with what it carries, without carrying it: the first nine bytes of
/// SHA-256(salt, kind, ":", text in capitals) as base64, twelve characters. Numbers are short, so this keeps them from being read, not from
/// being tried: the list lies sealed on the device all the same.
/// </summary>
public static class DeviceKeys
{
    private const int Kept = 9;

    /// <summary>The key of a text of a kind: "n" campus number, "d" document, "t" its last four characters, "p" reference of a pass.</summary>
    public static string Of(byte[] salt, string kind, string text) =>
        Convert.ToBase64String(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes($"{kind}:{text.ToUpperInvariant()}")]).AsSpan(0, Kept));
}
