using Tongxin.Core.Passes;

namespace Tongxin.Core.Tests.Passes;

/// <summary>Endless hostile input from a seed: texts of every depth a reader can be reached at, and bent copies of good bytes.</summary>
internal static class PassFuzz
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    public static IEnumerable<string> Texts(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            var length = random.Next(0, random.Next(4) == 0 ? 1200 : 320);
            yield return random.Next(4) switch
            {
                0 => new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x10000))]),
                1 => PassLimits.Prefix + new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x100))]),
                2 => PassLimits.Prefix + new string([.. Enumerable.Range(0, length).Select(_ => Alphabet[random.Next(Alphabet.Length)])]),
                _ => Wrapped(random, length / 2),
            };
        }
    }

    public static IEnumerable<byte[]> Mutants(byte[] good, int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            var bytes = good.ToList();
            for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes.RemoveAt(at); break;
                    case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                    default: bytes.RemoveRange(at, bytes.Count - at); break;
                }
            }

            yield return [.. bytes];
        }
    }

    // Good encoding and checksum, so that the CBOR reader sees the noise; half begin like a COSE_Sign1.
    private static string Wrapped(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return Make.Wrap(random.Next(2) == 0 ? bytes : [0xD2, 0x84, 0x4D, 0xA2, 0x01, 0x26, 0x04, 0x48, .. bytes]);
    }
}
