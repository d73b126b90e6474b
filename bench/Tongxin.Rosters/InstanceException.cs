namespace Tongxin.Rosters;

/// <summary>A file is not what it should be. The message names file, line, what is wrong and what to do: one line for the user.</summary>
internal sealed class InstanceException(string file, int line, string what, string remedy)
    : Exception($"{file}:{line}: {what}. Remedy: {remedy}.");
