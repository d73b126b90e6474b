namespace Tongxin.Core.Passes;

/// <summary>
/// RFC 9285: bytes as the characters that a QR code packs two to eleven bits. Reading is strict, so that exactly one text stands for
/// given bytes: capital letters only, no pair above 65535, no last pair above 255, no single character left over.
/// </summary>
public static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const byte Foreign = 255;
    private static readonly byte[] Values = ReadValues();

    /// <summary>Characters that <paramref name="bytes"/> bytes become.</summary>
    public static int LengthOf(int bytes) => (bytes / 2 * 3) + (bytes % 2 * 2);

    /// <summary>Writes the text of the bytes; <paramref name="text"/> must hold <see cref="LengthOf"/> characters.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        var at = 0;
        for (; bytes.Length >= 2; bytes = bytes[2..])
        {
            var value = (bytes[0] << 8) | bytes[1];
            text[at++] = Alphabet[value % 45];
            text[at++] = Alphabet[value / 45 % 45];
            text[at++] = Alphabet[value / (45 * 45)];
        }

        if (bytes.Length == 0) return;
        text[at++] = Alphabet[bytes[0] % 45];
        text[at] = Alphabet[bytes[0] / 45];
    }

    /// <summary>The text of the bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[LengthOf(bytes.Length)];
        Write(bytes, text);
        return new string(text);
    }

    /// <summary>The bytes of the text, or null when no bytes have this text.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 3 == 1) return null;
        var bytes = new byte[(text.Length / 3 * 2) + (text.Length % 3 / 2)];
        var at = 0;
        for (; text.Length >= 3; text = text[3..])
        {
            int first = ValueOf(text[0]), second = ValueOf(text[1]), third = ValueOf(text[2]);
            if (first == Foreign || second == Foreign || third == Foreign) return null;
            var value = first + (second * 45) + (third * 45 * 45);
            if (value > ushort.MaxValue) return null;
            bytes[at++] = (byte)(value >> 8);
            bytes[at++] = (byte)value;
        }

        if (text.Length == 0) return bytes;
        int low = ValueOf(text[0]), high = ValueOf(text[1]);
        if (low == Foreign || high == Foreign || low + (high * 45) > byte.MaxValue) return null;
        bytes[at] = (byte)(low + (high * 45));
        return bytes;
    }

    private static byte ValueOf(char character) => character < Values.Length ? Values[character] : Foreign;

    private static byte[] ReadValues()
    {
        var values = new byte[128];
        Array.Fill(values, Foreign);
        for (var i = 0; i < Alphabet.Length; i++) values[Alphabet[i]] = (byte)i;
        return values;
    }
}
