using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>Invented names: surnames as often as they occur, given names as they were in fashion when the person was born.</summary>
internal sealed class Names(Dice dice)
{
    // Surname and its share in per mille of the population, rounded; what is missing to 1000 is shared by the rest.
    private static readonly (string Surname, double Share)[] Surnames =
    [
        ("王", 72), ("李", 72), ("张", 68), ("刘", 54), ("陈", 45), ("杨", 31), ("赵", 23), ("黄", 22), ("周", 21), ("吴", 20), ("徐", 17), ("孙", 15),
        ("胡", 13), ("朱", 12.5), ("高", 12), ("林", 12), ("何", 11.5), ("郭", 11.5), ("马", 11.5), ("罗", 10), ("梁", 9), ("宋", 8.5), ("郑", 8.5), ("谢", 8),
        ("韩", 7), ("唐", 7), ("冯", 6.5), ("于", 6.2), ("董", 6), ("萧", 1), ("肖", 5), ("程", 5.7), ("曹", 5.7), ("袁", 5.5), ("邓", 5.5), ("许", 5.4),
        ("傅", 5.1), ("沈", 5), ("曾", 5), ("彭", 4.9), ("吕", 4.7), ("苏", 4.7), ("卢", 4.7), ("蒋", 4.7), ("蔡", 4.6), ("贾", 4.2), ("丁", 4.1), ("魏", 4.1),
        ("薛", 4), ("叶", 4), ("阎", 3), ("余", 4), ("潘", 3.9), ("杜", 3.8), ("戴", 3.7), ("夏", 3.7), ("钟", 3.6), ("汪", 3.6), ("田", 3.6), ("任", 3.5),
        ("姜", 3.5), ("范", 3.4), ("方", 3.4), ("石", 3.3), ("姚", 3.3), ("谭", 3.3), ("廖", 3.2), ("邹", 3.2), ("熊", 3.1), ("金", 3), ("陆", 3), ("郝", 2.9),
        ("孔", 2.8), ("白", 2.8), ("崔", 2.8), ("康", 2.7), ("毛", 2.6), ("邱", 2.6), ("秦", 2.5), ("江", 2.5), ("史", 2.4), ("顾", 2.4), ("侯", 2.3), ("邵", 2.2),
        ("孟", 2.2), ("龙", 2.1), ("万", 2), ("段", 2), ("雷", 2), ("钱", 1.9), ("汤", 1.9), ("尹", 1.8), ("黎", 1.8), ("易", 1.7), ("常", 1.6), ("武", 1.6),
        ("乔", 1.5), ("贺", 1.5), ("赖", 1.4), ("龚", 1.4), ("文", 1.3), ("欧阳", 0.9), ("上官", 0.1), ("司马", 0.1), ("诸葛", 0.1), ("单", 0.8), ("解", 0.7), ("仇", 0.4),
    ];

    private static readonly double[] Shares = [.. Surnames.Select(entry => entry.Share)];

    private static readonly string[] OldMen = ["建国", "建华", "志强", "国庆", "德明", "永福", "树林", "玉山", "长安", "文斌", "保平", "新民", "学义", "振华", "福生", "占魁", "西京", "援朝", "兴旺", "克勤"];
    private static readonly string[] OldWomen = ["秀英", "桂兰", "玉梅", "淑珍", "凤霞", "秀兰", "玉兰", "桂英", "淑芳", "爱玲", "春花", "彩霞", "月娥", "素琴", "金凤", "巧云", "惠芳", "雪梅", "亚琴", "改芳"];

    private const string MenFirst = "建志文国家俊海永晓振宏明立东少伟鹏世泽一子浩梓宇嘉思天景承逸";
    private const string MenSecond = "强军平伟辉斌涛波刚鹏杰飞龙超勇宁峰华林涵轩宇博然睿阳晨豪霖航";
    private const string WomenFirst = "晓丽海春秀雅玉文美小雪婉静思佳梦欣诗雨子紫若语芷一可梓嘉";
    private const string WomenSecond = "红梅燕霞娟玲萍英芳琴敏婷洁莹雯慧琳颖倩瑶涵怡萱彤妍宁琪悦溪";
    private const string MenAlone = "伟磊军勇涛超强鹏杰峰斌辉刚毅凯浩亮宁昊睿";
    private const string WomenAlone = "芳敏静丽艳娟霞娜婷倩雪莉颖洁琳瑶蕊妍悦桐";

    // Outside the basic plane, where careless programs cut a character in two.
    private static readonly string[] Rare = ["\U0002B4E7", "\U0002B5F4", "\U0002CB5A", "\U0002B404", "\U00020BB7"];

    private static readonly string[] UyghurMen = ["艾山江", "吐尔逊", "买买提", "阿卜杜拉", "艾合买提", "玉素甫"];
    private static readonly string[] UyghurWomen = ["阿依古丽", "古丽娜尔", "热依汗", "阿米娜", "迪丽努尔", "帕提古丽"];
    private static readonly string[] ForeignMen = ["ALI", "IVAN", "DANIEL", "MINH", "OMAR", "SAMUEL"];
    private static readonly string[] ForeignWomen = ["OLGA", "MARIA", "AMINA", "LINH", "SARA", "ANNA"];
    private static readonly string[] ForeignFamilies = ["HASSAN", "PETROV", "KIMANI", "NGUYEN", "RAHMAN", "SILVA", "OKAFOR", "KARIMOV"];

    public string Surname() => Surnames[dice.Weighted(Shares)].Surname;

    public string Full(string surname, Sex sex, int birthYear) => surname + Given(sex, birthYear);

    public string Uyghur(Sex sex) => $"{dice.Pick(sex == Sex.Male ? UyghurMen : UyghurWomen)}·{dice.Pick(UyghurMen)}";

    public string Foreign(Sex sex) => $"{dice.Pick(ForeignFamilies)} {dice.Pick(sex == Sex.Male ? ForeignMen : ForeignWomen)}";

    private string Given(Sex sex, int birthYear)
    {
        var man = sex == Sex.Male;
        if (birthYear < 1968 && dice.Happens(0.7))
        {
            return dice.Pick(man ? OldMen : OldWomen);
        }

        if (dice.Happens(birthYear is > 1975 and < 2000 ? 0.28 : 0.1))
        {
            return dice.Pick(man ? MenAlone : WomenAlone).ToString();
        }

        var first = dice.Pick(man ? MenFirst : WomenFirst);
        return dice.Happens(0.001) ? first + dice.Pick(Rare) : $"{first}{dice.Pick(man ? MenSecond : WomenSecond)}";
    }
}
