namespace Tongxin.Core.Passes;

/// <summary>The checksum at the end of a zlib stream (RFC 1950, 9).</summary>
internal static class Adler32
{
    private const uint Prime = 65521;

    // So many bytes can be added up before the sums no longer fit into 32 bits.
    private const int Stretch = 5552;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint low = 1, high = 0;
        while (bytes.Length > 0)
        {
            var stretch = bytes[..Math.Min(Stretch, bytes.Length)];
            foreach (var value in stretch)
            {
                low += value;
                high += low;
            }

            low %= Prime;
            high %= Prime;
            bytes = bytes[stretch.Length..];
        }

        return (high << 16) | low;
    }
}
