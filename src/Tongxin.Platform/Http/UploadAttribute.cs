using Microsoft.AspNetCore.Http.Metadata;

namespace Tongxin.Platform.Http;

/// <summary>A page or route that takes files: bodies up to 60 MB. Everywhere else the server stops at 1 MB.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UploadAttribute : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>Bytes of a body where no file is expected.</summary>
    public const long UsualBytes = 1024 * 1024;

    /// <summary>Bytes of a body with a file.</summary>
    public const long MostBytes = 60 * 1024 * 1024;

    /// <inheritdoc />
    public long? MaxRequestBodySize => MostBytes;
}
