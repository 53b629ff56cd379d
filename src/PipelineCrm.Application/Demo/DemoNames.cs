using System.Globalization;
using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

/// <summary>Invented names, in the manner of both languages. Whoever has one of them is meant by none.</summary>
internal sealed class DemoNames(Random random)
{
    private static readonly string[] First =
        ["Avel", "Brisa", "Corin", "Delia", "Edrik", "Fenna", "Garo", "Hesper", "Ilva", "Joren", "Kestra", "Lorn", "Mirel", "Nevan", "Orla",
            "Perrin", "Quill", "Runa", "Sorrel", "Tavi", "Ulla", "Vesper", "Wren", "Yorick"];

    private static readonly string[] Last =
        ["Ashmere", "Brackwell", "Cindervale", "Dunmarrow", "Elderfen", "Fallowby", "Greythorne", "Hollowick", "Ironbark", "Junivale",
            "Kettlewyn", "Larkhollow", "Mossgrove", "Northwane", "Oakmarsh", "Pinecroft", "Quarrell", "Ravensgate", "Stillwater",
            "Thistledown", "Umberlane", "Vinterholt", "Windrush", "Yarrowby"];

    private static readonly string[] FamilyZh = ["欧阳", "林", "沈", "陆", "苏", "叶", "江", "顾", "程", "温", "白", "秦", "夏", "乔", "简", "云"];

    private static readonly string[] GivenZh = ["清禾", "若川", "子砚", "知遥", "雨眠", "景澄", "望舒", "安渡", "以南", "念乔", "星野", "映雪", "书简", "归棠", "听澜",
        "松月"];

    private static readonly string[] Head =
        ["Averlune", "Brindlemoor", "Cobaltreed", "Dapplewick", "Emberquay", "Fennimor", "Gildenfirth", "Hazelgrath", "Isenmere",
            "Jadewold", "Kestrelyn", "Lumafern", "Marrowick", "Nimbleth", "Oakenvane", "Pellucor", "Quillane", "Rindlewood", "Sablefen",
            "Thornavel", "Umbrelle", "Velloria", "Wyndmarsh", "Zephyrine"];

    private static readonly string[] Tail =
        ["Works", "Foods", "Textiles", "Robotics", "Logistics", "Clinics", "Printing", "Interiors", "Ceramics", "Instruments", "Bakeries",
            "Shipyards", "Optics", "Gardens", "Software", "Furniture"];

    private static readonly string[] HeadZh = ["青屿澜", "远山烛", "晨桥野", "白鹿汀", "海棠砚", "星汐渡", "云杉陌", "赤峰谣", "银杏坞", "蓝汐屿", "沐光川", "千帆岚", "石榴渚",
        "北辰汀", "溪口烟", "鹤鸣岫"];

    private static readonly string[] TailZh = ["科技", "食品", "纺织", "机械", "物流", "家居", "仪器", "印务", "陶瓷", "软件", "医疗器械", "园林"];

    private readonly HashSet<string> _taken = [];

    public string Person(bool chinese) => Unique(() => chinese ? Of(FamilyZh) + Of(GivenZh) : $"{Of(First)} {Of(Last)}");

    public string Customer(CustomerType type, bool chinese) => type == CustomerType.Person
        ? Person(chinese)
        : Unique(() => chinese ? $"{Of(HeadZh)}{Of(TailZh)}有限公司" : $"{Of(Head)} {Of(Tail)}");

    /// <summary>An address that reaches nobody: the domain is reserved for examples.</summary>
    public static string Mail(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}{number}@demo.example");

    private string Of(string[] list) => list[random.Next(list.Length)];

    /// <summary>Where the lists are exhausted, a number tells two of the same name apart.</summary>
    private string Unique(Func<string> make)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            if (make() is var name && _taken.Add(name))
            {
                return name;
            }
        }

        var again = make();
        for (var number = 2; ; number++)
        {
            if (_taken.Add($"{again} {number}"))
            {
                return $"{again} {number}";
            }
        }
    }
}
