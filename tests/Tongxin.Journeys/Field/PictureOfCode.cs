using System.Text;
using QRCoder;

namespace Tongxin.Journeys.Field;

/// <summary>A moving picture (YUV4MPEG2, grey) in which somebody holds a QR code before the camera.</summary>
internal static class PictureOfCode
{
    private const int Width = 640, Height = 480, Frames = 4;
    private const byte Wall = 200, Paper = 255, Ink = 16, NoColour = 128;

    public static void Write(string path, string? text)
    {
        var luma = new byte[Width * Height];
        Array.Fill(luma, Wall);
        if (text is not null) Draw(luma, text);
        var chroma = new byte[Width * Height / 2];
        Array.Fill(chroma, NoColour);
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1 Ip A1:1 C420jpeg\n"));
        for (var i = 0; i < Frames; i++)
        {
            file.Write("FRAME\n"u8);
            file.Write(luma);
            file.Write(chroma);
        }
    }

    private static void Draw(byte[] luma, string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var size = Height / rows.Count;
        var (left, top) = ((Width - size * rows.Count) / 2, (Height - size * rows.Count) / 2);
        for (var y = 0; y < size * rows.Count; y++)
            for (var x = 0; x < size * rows.Count; x++)
                luma[(top + y) * Width + left + x] = rows[y / size][x / size] ? Ink : Paper;
    }
}
