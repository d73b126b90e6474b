using System.Buffers.Binary;
using System.Text;

namespace Tongxin.Core.Passes;

/// <summary>
/// Writes CBOR into a buffer in the shortest form, in the order it is told. Issuing is measured against the bare signature, and a
/// general writer, which sorts what is in order already, costs a tenth of one.
/// </summary>
internal ref struct CborBytes(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public void Map(int entries) => Head(5, (uint)entries);

    public void Integer(long value)
    {
        if (value >= 0) Head(0, (ulong)value);
        else Head(1, (ulong)(-1 - value));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Head(2, (uint)value.Length);
        value.CopyTo(_buffer[Length..]);
        Length += value.Length;
    }

    public void Text(string value)
    {
        Head(3, (uint)Encoding.UTF8.GetByteCount(value));
        Length += Encoding.UTF8.GetBytes(value, _buffer[Length..]);
    }

    /// <summary>The bytes so far, for fixed beginnings.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    /// <summary>Leaves room that the caller fills.</summary>
    public Span<byte> Room(int length)
    {
        var room = _buffer.Slice(Length, length);
        Length += length;
        return room;
    }

    /// <summary>Bytes of a head for this value.</summary>
    public static int HeadLength(ulong value) => value switch { < 24 => 1, <= byte.MaxValue => 2, <= ushort.MaxValue => 3, <= uint.MaxValue => 5, _ => 9 };

    public void Head(int major, ulong value)
    {
        var to = _buffer[Length..];
        var length = HeadLength(value);
        to[0] = (byte)((major << 5) | length switch { 1 => (int)value, 2 => 24, 3 => 25, 5 => 26, _ => 27 });
        switch (length)
        {
            case 2:
                to[1] = (byte)value;
                break;
            case 3:
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)value);
                break;
            case 5:
                BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)value);
                break;
            case 9:
                BinaryPrimitives.WriteUInt64BigEndian(to[1..], value);
                break;
        }

        Length += length;
    }
}
