namespace Tongxin.Core.Text;

/// <summary>Sex as GB/T 2261.1 codes it in a register (1 male, 2 female).</summary>
public enum Sex
{
    /// <summary>Nothing known.</summary>
    Unknown = 0,

    /// <summary>男, code 1.</summary>
    Male = 1,

    /// <summary>女, code 2.</summary>
    Female = 2,
}
