namespace Tongxin.Platform;

/// <summary>Something an operator can mend: shown as one line, without a stack trace. The message names the remedy.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
