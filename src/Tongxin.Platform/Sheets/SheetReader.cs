using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Sheets;

/// <summary>
/// Opens .xlsx, .xls and .csv, told apart by their content. Whatever the bytes are, the answer is a source or an error.
/// </summary>
public static class SheetReader
{
    private const int ProbeLength = 8;

    // .xls keeps text in the code page of the machine that wrote it (936 in China).
    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The stream stays the caller's and must live as long as the source; one that cannot seek is copied into memory
    /// (at most <see cref="SheetLimits.MaxBytes"/>).
    /// </summary>
    public static Result<SheetSource> Open(Stream stream, string fileName, SheetLimits? limits = null)
    {
        limits ??= SheetLimits.Default;
        try
        {
            var taken = TakeSeekable(stream, limits);
            return taken.IsFailure ? taken.Error : OpenSeekable(taken.Value, fileName, limits);
        }
        catch (Exception broken) when (IsBrokenFile(broken))
        {
            return ErrorOf(broken, fileName);
        }
    }

    /// <summary>
    /// The parsers below meet hostile bytes with any exception there is (index, null, overflow, cast …), so all of them mean
    /// "the file is broken", apart from those that speak of the process.
    /// </summary>
    internal static bool IsBrokenFile(Exception exception) =>
        exception is not (OperationCanceledException or ObjectDisposedException or InsufficientExecutionStackException);

    internal static Error ErrorOf(Exception exception, string fileName, int row = 0) =>
        exception is InvalidPasswordException ? SheetErrors.Encrypted(fileName) : SheetErrors.Unreadable(fileName, row);

    private static Result<Stream> TakeSeekable(Stream stream, SheetLimits limits)
    {
        if (stream.CanSeek)
        {
            stream.Position = 0;
            return stream.Length > limits.MaxBytes ? SheetErrors.TooLarge(stream.Length, limits.MaxBytes) : stream;
        }

        var copy = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (copy.Length + read > limits.MaxBytes)
            {
                return SheetErrors.TooLarge(copy.Length + read, limits.MaxBytes);
            }

            copy.Write(buffer, 0, read);
        }

        copy.Position = 0;
        return copy;
    }

    private static Result<SheetSource> OpenSeekable(Stream stream, string fileName, SheetLimits limits)
    {
        var probe = new byte[ProbeLength];
        var length = stream.ReadAtLeast(probe, probe.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        var head = probe.AsSpan(0, length);

        if (head.IsEmpty)
        {
            return SheetErrors.Empty(fileName);
        }

        if (head.StartsWith("PK"u8))
        {
            var guarded = ZipGuard.Inspect(stream, fileName, limits);
            return guarded.IsFailure ? guarded.Error : OpenWorkbook(stream, fileName, SheetFormat.Xlsx, limits);
        }

        if (head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
        {
            var guarded = CompoundGuard.Inspect(stream, fileName);
            return guarded.IsFailure ? guarded.Error : OpenWorkbook(stream, fileName, SheetFormat.Xls, limits);
        }

        return CsvSource.Open(stream, fileName, limits);
    }

    private static Result<SheetSource> OpenWorkbook(Stream stream, string fileName, SheetFormat format, SheetLimits limits)
    {
        var configuration = new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(936), LeaveOpen = true };
        var reader = ExcelReaderFactory.CreateReader(stream, configuration);
        return reader.ResultsCount == 0 ? SheetErrors.Empty(fileName) : new WorkbookSource(reader, format, limits) { FileName = fileName };
    }
}
