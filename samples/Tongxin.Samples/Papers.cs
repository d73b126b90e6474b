using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>
/// Numbers that nobody real can have, each given out once. Identity numbers are of regions that begin with 69, which
/// GB/T 2260 gives to no province; phones begin with 179, which is the prefix of the old IP telephony and of no mobile number.
/// </summary>
internal sealed class Papers
{
    public const string RegionPrefix = "6999";
    private const int BlockSize = 1_000_000;

    // Coprime to the block size, so that every number of the block comes once, in an order that looks like none.
    private const long Step = 618_033;

    // Regions of one block: 01 to 30 and 31 to 60 below the prefix.
    private const int Regions = 30;

    private readonly Dice _dice;
    private readonly string _phoneBlock;
    private readonly char _passportBlock;
    private readonly int _firstRegion;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private int _phones;
    private int _passports;

    /// <param name="block">0 or 1: which of the two blocks of identity numbers, passports and phones. Two places of different blocks share none.</param>
    public Papers(Dice dice, int block)
    {
        _dice = dice;
        _phoneBlock = $"1790{block.ToString(CultureInfo.InvariantCulture)}";
        _passportBlock = (char)('Z' - block);
        _firstRegion = 1 + (block * Regions);
    }

    public string Identity(DateOnly birth, Sex sex)
    {
        while (true)
        {
            var order = (_dice.Between(0, 499) * 2) + (sex == Sex.Male ? 1 : 0);
            var seventeen = string.Create(CultureInfo.InvariantCulture, $"{RegionPrefix}{_dice.Between(_firstRegion, _firstRegion + Regions - 1):00}{birth:yyyyMMdd}{order:000}");
            var number = seventeen + IdentityNumber.CheckCharacter(seventeen);
            if (_taken.Add(number))
            {
                return number;
            }
        }
    }

    public string Passport() => string.Create(CultureInfo.InvariantCulture, $"Z{_passportBlock}{((++_passports * Step) + 1_234) % BlockSize:0000000}");

    public string Phone() => string.Create(CultureInfo.InvariantCulture, $"{_phoneBlock}{((++_phones * Step) + 314_159) % BlockSize:000000}");
}
