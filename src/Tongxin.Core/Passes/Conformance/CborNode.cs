using System.Formats.Cbor;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Tongxin.Core.Passes.Conformance;

/// <summary>One CBOR item of any kind, read whole: to be written again, told in diagnostic notation (RFC 8949, 8) or compared with JSON.</summary>
internal abstract record CborNode
{
    /// <summary>Reads one item; throws what <see cref="CborReader"/> throws.</summary>
    public static CborNode Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                return new Number(reader.ReadUInt64());
            case CborReaderState.NegativeInteger:
                return new Number(-1 - (BigInteger)reader.ReadCborNegativeIntegerRepresentation());
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                return new Float(reader.ReadDouble());
            case CborReaderState.ByteString:
                return new Bytes(reader.ReadByteString());
            case CborReaderState.TextString:
                return new Text(reader.ReadTextString());
            case CborReaderState.StartIndefiniteLengthByteString:
                return new Pieces(ReadPieces(reader));
            case CborReaderState.StartIndefiniteLengthTextString:
                return new Text(reader.ReadTextString());
            case CborReaderState.StartArray:
                return new Items(ReadItems(reader));
            case CborReaderState.StartMap:
                return new Entries(ReadEntries(reader));
            case CborReaderState.Tag:
                return new Tagged((ulong)reader.ReadTag(), Read(reader));
            case CborReaderState.Null or CborReaderState.Boolean or CborReaderState.SimpleValue:
                return new Simple((byte)reader.ReadSimpleValue());
            default:
                throw new CborContentException("No item begins here.");
        }
    }

    /// <summary>Writes it in its shortest form.</summary>
    public abstract void Write(CborWriter writer);

    /// <summary>True when the JSON says the same.</summary>
    public abstract bool Says(JsonElement json);

    private static List<byte[]> ReadPieces(CborReader reader)
    {
        var pieces = new List<byte[]>();
        reader.ReadStartIndefiniteLengthByteString();
        while (reader.PeekState() != CborReaderState.EndIndefiniteLengthByteString) pieces.Add(reader.ReadByteString());
        reader.ReadEndIndefiniteLengthByteString();
        return pieces;
    }

    private static List<CborNode> ReadItems(CborReader reader)
    {
        var items = new List<CborNode>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray) items.Add(Read(reader));
        reader.ReadEndArray();
        return items;
    }

    private static List<(CborNode, CborNode)> ReadEntries(CborReader reader)
    {
        var entries = new List<(CborNode, CborNode)>();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap) entries.Add((Read(reader), Read(reader)));
        reader.ReadEndMap();
        return entries;
    }

    private sealed record Number(BigInteger Value) : CborNode
    {
        public override void Write(CborWriter writer)
        {
            if (Value.Sign >= 0) writer.WriteUInt64((ulong)Value);
            else writer.WriteCborNegativeIntegerRepresentation((ulong)(-1 - Value));
        }

        public override bool Says(JsonElement json) => json.ValueKind == JsonValueKind.Number && BigInteger.TryParse(json.GetRawText(), CultureInfo.InvariantCulture, out var number) && number == Value;

        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Float(double Value) : CborNode
    {
        public override void Write(CborWriter writer) => writer.WriteDouble(Value);

        // By bits, so that -0.0 is not 0.0.
        public override bool Says(JsonElement json) => json.ValueKind == JsonValueKind.Number
            && BitConverter.DoubleToInt64Bits(double.Parse(json.GetRawText(), CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(Value);

        public override string ToString() => double.IsNaN(Value) ? "NaN" : double.IsInfinity(Value) ? (Value > 0 ? "Infinity" : "-Infinity")
            : Value.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private sealed record Bytes(byte[] Value) : CborNode
    {
        public override void Write(CborWriter writer) => writer.WriteByteString(Value);

        public override bool Says(JsonElement json) => false;

        public override string ToString() => $"h'{Convert.ToHexStringLower(Value)}'";
    }

    private sealed record Pieces(List<byte[]> Value) : CborNode
    {
        public override void Write(CborWriter writer) => writer.WriteByteString(Value.SelectMany(p => p).ToArray());

        public override bool Says(JsonElement json) => false;

        public override string ToString() => $"(_ {string.Join(", ", Value.Select(p => $"h'{Convert.ToHexStringLower(p)}'"))})";
    }

    private sealed record Text(string Value) : CborNode
    {
        public override void Write(CborWriter writer) => writer.WriteTextString(Value);

        public override bool Says(JsonElement json) => json.ValueKind == JsonValueKind.String && json.GetString() == Value;

        public override string ToString() => $"\"{Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private sealed record Items(List<CborNode> Value) : CborNode
    {
        public override void Write(CborWriter writer)
        {
            writer.WriteStartArray(Value.Count);
            foreach (var item in Value) item.Write(writer);
            writer.WriteEndArray();
        }

        public override bool Says(JsonElement json) => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == Value.Count && json.EnumerateArray().Zip(Value).All(p => p.Second.Says(p.First));

        public override string ToString() => $"[{string.Join(", ", Value)}]";
    }

    private sealed record Entries(List<(CborNode Key, CborNode Value)> Value) : CborNode
    {
        public override void Write(CborWriter writer)
        {
            writer.WriteStartMap(Value.Count);
            foreach (var (key, value) in Value)
            {
                key.Write(writer);
                value.Write(writer);
            }

            writer.WriteEndMap();
        }

        public override bool Says(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Count() == Value.Count
            && Value.TrueForAll(e => e.Key is Text name && json.TryGetProperty(name.Value, out var value) && e.Value.Says(value));

        public override string ToString() => $"{{{string.Join(", ", Value.Select(e => $"{e.Key}: {e.Value}"))}}}";
    }

    private sealed record Tagged(ulong Tag, CborNode Value) : CborNode
    {
        public override void Write(CborWriter writer)
        {
            writer.WriteTag((CborTag)Tag);
            Value.Write(writer);
        }

        // Tags 2 and 3: numbers beyond 64 bits.
        public override bool Says(JsonElement json) => Tag is 2 or 3 && Value is Bytes big
            && new Number(new BigInteger(big.Value, isUnsigned: true, isBigEndian: true) is var number && Tag == 2 ? number : -1 - number).Says(json);

        public override string ToString() => new StringBuilder().Append(Tag).Append('(').Append(Value).Append(')').ToString();
    }

    private sealed record Simple(byte Value) : CborNode
    {
        public override void Write(CborWriter writer) => writer.WriteSimpleValue((CborSimpleValue)Value);

        public override bool Says(JsonElement json) => Value switch
        {
            20 => json.ValueKind == JsonValueKind.False,
            21 => json.ValueKind == JsonValueKind.True,
            22 => json.ValueKind == JsonValueKind.Null,
            _ => false,
        };

        public override string ToString() => Value switch { 20 => "false", 21 => "true", 22 => "null", 23 => "undefined", _ => $"simple({Value})" };
    }
}
