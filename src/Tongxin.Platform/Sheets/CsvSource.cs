using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>.csv. Every cell is text; a row is a record, as Excel counts them, even when a quoted cell spans lines.</summary>
internal sealed class CsvSource : SheetSource
{
    private const int HeadLength = 65_536;

    private readonly byte[] _bytes;
    private readonly Encoding _encoding;
    private readonly int _markLength;
    private readonly char _delimiter;
    private readonly SheetLimits _limits;
    private SheetInfo? _info;

    private CsvSource(byte[] bytes, Encoding encoding, int markLength, char delimiter, SheetLimits limits) =>
        (_bytes, _encoding, _markLength, _delimiter, _limits) = (bytes, encoding, markLength, delimiter, limits);

    public override SheetFormat Format => SheetFormat.Csv;

    public override string EncodingName => _encoding.WebName;

    public static Result<SheetSource> Open(Stream stream, string fileName, SheetLimits limits)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (CsvShape.FindEncoding(bytes) is not var (encoding, markLength))
        {
            return bytes.Contains((byte)0) ? SheetErrors.Unreadable(fileName) : SheetErrors.Encoding(fileName);
        }

        var head = HeadOf(bytes.AsSpan(markLength), encoding);
        if (string.IsNullOrWhiteSpace(head) && bytes.Length - markLength <= HeadLength)
        {
            return SheetErrors.Empty(fileName);
        }

        return head.AsSpan().TrimStart().StartsWith("<")
            ? SheetErrors.WebPage(fileName)
            : new CsvSource(bytes, encoding, markLength, CsvShape.FindDelimiter(head), limits) { FileName = fileName };
    }

    public override Result<IReadOnlyList<SheetInfo>> Sheets()
    {
        var sheet = Sheet();
        return sheet.IsFailure ? sheet.Error : new[] { sheet.Value };
    }

    public override Result<SheetInfo> Sheet(int index = 0)
    {
        if (index != 0)
        {
            return SheetErrors.Empty(FileName);
        }

        if (_info is null)
        {
            var (rows, columns) = (0, 0);
            foreach (var read in Rows())
            {
                if (read.IsFailure)
                {
                    return read.Error;
                }

                rows++;
                columns = Math.Max(columns, read.Value.Cells.Count);
            }

            _info = new SheetInfo(0, SheetName, IsHidden: false, rows, columns, []);
        }

        return _info;
    }

    public override IEnumerable<Result<SheetRow>> Rows(int sheet = 0)
    {
        if (sheet != 0)
        {
            yield return SheetErrors.Empty(FileName);
            yield break;
        }

        var text = new StreamReader(new MemoryStream(_bytes, _markLength, _bytes.Length - _markLength, writable: false), _encoding, detectEncodingFromByteOrderMarks: false);
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = _delimiter.ToString(),
            IgnoreBlankLines = false,
            BadDataFound = null,
            DetectColumnCountChanges = false,
        });

        for (var number = 1; ; number++)
        {
            var row = ReadRow(parser, number);
            if (row is null)
            {
                yield break;
            }

            yield return row.Value;
            if (row.Value.IsFailure)
            {
                yield break;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
    }

    private string SheetName => Path.GetFileNameWithoutExtension(FileName);

    private static string HeadOf(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        // Not strict: the cut may go through the middle of a character.
        var lenient = Encoding.GetEncoding(encoding.CodePage);
        return lenient.GetString(bytes[..Math.Min(bytes.Length, HeadLength)]);
    }

    private Result<SheetRow>? ReadRow(CsvParser parser, int number)
    {
        try
        {
            if (!parser.Read())
            {
                return null;
            }

            if (parser.Count > _limits.MaxColumns)
            {
                return SheetErrors.TooWide(SheetName, parser.Count, _limits.MaxColumns);
            }

            var cells = new SheetCell[parser.Count];
            for (var column = 0; column < cells.Length; column++)
            {
                var text = parser[column];
                if (text.Length > _limits.MaxCellLength)
                {
                    return SheetErrors.CellTooLong(SheetName, SheetAddress.Of(column, number), _limits.MaxCellLength);
                }

                cells[column] = SheetCell.Of(text);
            }

            return new SheetRow(SheetName, number, cells);
        }
        catch (Exception broken) when (SheetReader.IsBrokenFile(broken))
        {
            return SheetReader.ErrorOf(broken, FileName, number - 1);
        }
    }
}
