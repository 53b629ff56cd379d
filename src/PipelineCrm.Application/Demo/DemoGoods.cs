namespace PipelineCrm.Demo;

/// <summary>What the demo's organisation sells, to whom in a building, and what a deal about it is called, in one language.</summary>
internal sealed record DemoGoods(IReadOnlyList<DemoProduct> Products, IReadOnlyList<string> Teams, IReadOnlyList<string> Places,
    string Currency, string OtherCurrency, decimal OtherRate)
{
    private static readonly DemoGoods English = new(
        [
            new("Lumen Desk Lamp", 89, "Desk lamps for {0}"), new("Quiet Chair", 420, "New chairs for {0}"),
            new("Standing Desk", 760, "Standing desks for {0}"),
            new("Meeting Pod", 9_800, "Meeting pods for {0}"), new("Air Sensor", 140, "Air quality in {0}"),
            new("Panel Set", 2_350, "Acoustic panels for {0}"),
            new("Workshop Day", 1_600, "Ergonomics training for {0}"), new("Care Plan, one year", 990, "Maintenance of {0}"),
            new("Phone Booth", 5_400, "Phone booths for {0}"),
            new("Smart Lighting Kit", 3_150, "Lighting of {0}"),
        ],
        ["Harbour", "Orchard", "Meadow"],
        [
            "the new head office", "the second floor", "the call centre", "the training rooms", "the reception", "the design studio",
            "the warehouse office",
            "the board room", "the sales floor", "the library", "the canteen", "the showroom", "the laboratory", "the branch office",
        ],
        "USD", "EUR", 1m);

    private static readonly DemoGoods Chinese = new(
        [
            new("流明台灯", 580, "{0}台灯采购"), new("静音座椅", 2_900, "{0}座椅更换"), new("升降办公桌", 5_200, "{0}升降桌采购"), new("会议舱", 68_000, "{0}会议舱"),
            new("空气传感器", 960, "{0}空气质量监测"), new("吸音板套装", 16_500, "{0}声学改造"), new("人体工学培训", 11_000, "{0}人体工学培训"),
            new("年度维护", 6_800, "{0}年度维护"), new("静音电话间", 37_000, "{0}静音电话间"), new("智能照明套装", 21_800, "{0}照明升级"),
        ],
        ["东区", "南区", "北区"],
        ["新总部", "二楼办公区", "呼叫中心", "培训教室", "前台", "设计工作室", "仓库办公室", "董事会议室", "销售部", "图书室", "食堂", "展厅", "实验室", "分公司"],
        "CNY", "USD", 1 / 7m);

    public static DemoGoods Of(bool chinese) => chinese ? Chinese : English;
}
