using System.Formats.Cbor;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Tongxin.Core.Passes.Conformance;

/// <summary>
/// Test data of the EU digital certificates, step by step: each expectation that a vector states is compared with what our code finds.
/// A step without an expectation, or without the data it needs, is not judged.
/// </summary>
public static class EuVectors
{
    /// <summary>The steps, in the order of the way of a certificate.</summary>
    public static readonly IReadOnlyList<string> Steps = [Prefix, Encoding, Compression, Signature, Clock];

    private const string Prefix = "prefix", Encoding = "base45", Compression = "zlib", Signature = "signature", Clock = "clock";
    private const string Context = "HC1:";
    private const int ExpiresAt = 4, IssuedAt = 6;

    /// <summary>True for the JSON of such a vector.</summary>
    public static bool Is(JsonElement vector) => vector.ValueKind == JsonValueKind.Object && vector.TryGetProperty("EXPECTEDRESULTS", out _);

    /// <summary>The judged steps.</summary>
    public static IReadOnlyList<StepVerdict> Judge(JsonElement vector)
    {
        var data = new Fields(vector);
        var verdicts = new List<StepVerdict>();
        Step(Prefix, "EXPECTEDUNPREFIX", data.Prefix, text => Unprefix(text) is { } rest && (data.Base45 is null || rest == data.Base45));
        Step(Encoding, "EXPECTEDB45DECODE", data.Text, text => Base45.Decode(text) is { } bytes && (data.Compressed is null || bytes.SequenceEqual(data.Compressed)));
        Step(Compression, "EXPECTEDCOMPRESSION", data.Stream, stream => Inflater.Inflate(stream) is { } bytes && (data.Cose is null || bytes.SequenceEqual(data.Cose)));
        Step(Signature, "EXPECTEDVERIFY", data.SigningCertificate is null ? null : data.Message, message => IsSigned(message, data.SigningCertificate!));
        Step(Clock, "EXPECTEDEXPIRATIONCHECK", data.ValidationClock is null ? null : data.Message, message => HoldsAt(message, data.ValidationClock!.Value) && IsInForce(data.SigningCertificate, data.ValidationClock.Value));
        return verdicts;

        void Step<T>(string step, string expectation, T? given, Func<T, bool> holds)
            where T : class
        {
            if (data.Expected(expectation) is { } expected && given is not null) verdicts.Add(new StepVerdict(step, expected, holds(given)));
        }
    }

    private static string? Unprefix(string text) => text.StartsWith(Context, StringComparison.Ordinal) ? text[Context.Length..] : null;

    // The key id is the start of the certificate's hash, in the protected header or, when it has none, in the other.
    private static bool IsSigned(byte[] message, byte[] certificate)
    {
        if (OpenSign1.Read(message) is not { } signed || signed.Key is not { } key) return false;
        if (!key.AsSpan().SequenceEqual(SHA256.HashData(certificate).AsSpan(0, KeyId.Length))) return false;
        try
        {
            using var x509 = X509CertificateLoader.LoadCertificate(certificate);
            using var ec = x509.GetECDsaPublicKey();
            using var rsa = ec is null ? x509.GetRSAPublicKey() : null;
            return (ec ?? (AsymmetricAlgorithm?)rsa) is { } publicKey && signed.IsSignedBy(publicKey);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // What a certificate signed counts no longer than the certificate itself; a vector without one leaves that open.
    private static bool IsInForce(byte[]? certificate, DateTimeOffset clock)
    {
        if (certificate is null) return true;
        try
        {
            using var x509 = X509CertificateLoader.LoadCertificate(certificate);
            return clock.UtcDateTime >= x509.NotBefore.ToUniversalTime() && clock.UtcDateTime <= x509.NotAfter.ToUniversalTime();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool HoldsAt(byte[] message, DateTimeOffset clock)
    {
        if (OpenSign1.Read(message) is not { Payload: { } payload } || Claims(payload) is not { } claims) return false;
        var now = clock.ToUnixTimeMilliseconds() / 1000.0;
        return !(claims.TryGetValue(IssuedAt, out var issued) && now < issued) && !(claims.TryGetValue(ExpiresAt, out var expires) && now > expires);
    }

    /// <summary>The claims with integer keys; those that are not numbers as NaN. Null when it is no map.</summary>
    private static Dictionary<int, double>? Claims(byte[] payload)
    {
        try
        {
            var reader = new CborReader(payload, CborConformanceMode.Lax);
            var claims = new Dictionary<int, double>();
            reader.ReadStartMap();
            while (reader.PeekState() != CborReaderState.EndMap)
            {
                if (reader.PeekState() is not (CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger)) return null;
                var key = reader.ReadInt32();
                while (reader.PeekState() == CborReaderState.Tag) reader.ReadTag();
                switch (reader.PeekState())
                {
                    case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                        claims[key] = reader.ReadInt64();
                        break;
                    case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                        claims[key] = reader.ReadDouble();
                        break;
                    default:
                        reader.SkipValue();
                        claims[key] = double.NaN;
                        break;
                }
            }

            reader.ReadEndMap();
            return claims;
        }
        catch (Exception e) when (Sign1.IsMalformed(e))
        {
            return null;
        }
    }

    /// <summary>The vector's fields. A later form that is not given is made from an earlier one.</summary>
    private sealed class Fields
    {
        private readonly JsonElement _results;

        public Fields(JsonElement vector)
        {
            _results = vector.GetProperty("EXPECTEDRESULTS");
            Prefix = TextOf(vector, "PREFIX");
            Base45 = TextOf(vector, "BASE45");
            Compressed = Hex(TextOf(vector, "COMPRESSED"));
            Cose = Hex(TextOf(vector, "COSE"));
            Text = Base45 ?? (Prefix is null ? null : Unprefix(Prefix));
            // Nothing where the way before is broken: then the step is judged and found bad.
            Stream = Compressed ?? (Text is null ? null : Passes.Base45.Decode(Text) ?? []);
            Message = Cose ?? (Stream is null ? null : Inflater.Inflate(Stream) ?? []);
            if (!vector.TryGetProperty("TESTCTX", out var context)) return;
            SigningCertificate = FromBase64(TextOf(context, "CERTIFICATE"));
            ValidationClock = Instant(TextOf(context, "VALIDATIONCLOCK"));
        }

        public string? Prefix { get; }

        public string? Base45 { get; }

        public byte[]? Compressed { get; }

        public byte[]? Cose { get; }

        public string? Text { get; }

        public byte[]? Stream { get; }

        public byte[]? Message { get; }

        public byte[]? SigningCertificate { get; }

        public DateTimeOffset? ValidationClock { get; }

        public bool? Expected(string name) => _results.ValueKind == JsonValueKind.Object && _results.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String when bool.TryParse(value.GetString(), out var said) => said,
                _ => null,
            }
            : null;

        private static string? TextOf(JsonElement from, string name) =>
            from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

        private static byte[]? Hex(string? text)
        {
            if (text is null) return null;
            text = text.Trim();
            return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
        }

        // PEM or not, with line ends or without.
        private static byte[]? FromBase64(string? text)
        {
            if (text is null) return null;
            var bare = string.Concat(text.Split('\n').Where(l => !l.StartsWith("-----", StringComparison.Ordinal)).Select(l => l.Trim()));
            var bytes = new byte[bare.Length];
            return Convert.TryFromBase64String(bare, bytes, out var length) && length > 0 ? bytes[..length] : null;
        }

        // Also with an offset as "+0200".
        private static DateTimeOffset? Instant(string? text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            || DateTimeOffset.TryParse(text?.Length > 5 ? text.Insert(text.Length - 2, ":") : null, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) ? at : null;
    }
}
