using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Customers;

/// <summary>Whether somebody is there already: asked by forms, refused by nobody.</summary>
public sealed class SimilarCustomersTests(SimilarCustomersTests.World world) : IClassFixture<SimilarCustomersTests.World>
{
    public sealed class World(TestSupport.TestCluster cluster) : CrmFixture(cluster), IAsyncLifetime
    {
        public UserId Rep { get; private set; }

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            Rep = await User(Role.Rep);
            foreach (var (name, mail, phone) in new[]
            {
                ("Redfern Kiln Works", "office@redfern.example", "+49 (0)40 555 12 34"), ("灰石坡钢构有限公司", null, "010-8888 7777"),
                ("Mill", null, "123"), ("Somebody else", null, null),
            })
            {
                await this.Ok(new CreateCustomer.Command(name, Email: mail, Phone: phone), Rep.As());
            }

            var gone = await this.Ok(new CreateCustomer.Command("Long gone Textiles"), Rep.As());
            await this.Ok(new ArchiveCustomer.Command(gone.Id, gone.Version), Rep.As());
        }
    }

    [Theory]
    [InlineData("redfern kiln works", null, null, "Redfern Kiln Works")]
    [InlineData("Redfern Kilns Works", null, null, "Redfern Kiln Works")]
    [InlineData("Redfren Kiln Works Ltd", null, null, "Redfern Kiln Works")]
    [InlineData("Redfren Kiln Works, Co. Ltd.", null, null, "Redfern Kiln Works")]
    [InlineData("Mill S.A.", null, null, "Mill")]
    [InlineData("灰石坡钢构公司", null, null, "灰石坡钢构有限公司")]
    [InlineData("Quite another", "OFFICE@redfern.example", null, "Redfern Kiln Works")]
    [InlineData("Quite another", null, "040 5551234", "Redfern Kiln Works")]
    [InlineData("Quite another", null, "+86 10 8888 7777", "灰石坡钢构有限公司")]
    [InlineData("ＭＩＬＬ", null, null, "Mill")]
    public async Task Nearly_the_same_is_shown(string name, string? mail, string? phone, string there) =>
        Assert.Equal([there],
            (await world.Ok(new FindSimilarCustomers.Query(name, mail, phone), world.Rep.As())).Items.Select(hit => hit.Name));

    [Theory]
    [InlineData("Redfern Bakery", null, null)]
    [InlineData("Mills of the North", null, null)]
    [InlineData("Redfern Ltd", null, null)]
    [InlineData("Ltd", null, null)]
    [InlineData("灰石坡食品厂", null, null)]
    [InlineData("Long gone Textiles", null, null)]
    [InlineData("Quite another", "office@other.example", "040 777 88 99")]
    [InlineData("Quite another", "redfern.example", null)]
    [InlineData(null, "nonsense\0", "abc")]
    public async Task What_only_shares_a_word_is_not(string? name, string? mail, string? phone) =>
        Assert.Empty((await world.Ok(new FindSimilarCustomers.Query(name, mail, phone), world.Rep.As())).Items);

    [Theory]
    [InlineData("abc")]
    [InlineData("12")]
    [InlineData("call 123456")]
    [InlineData("123 4567 ext")]
    [InlineData("<b>123456</b>")]
    public async Task A_phone_that_nobody_can_dial_is_refused_at_its_field(string phone)
    {
        var customer = (await world.Ok(new FindSimilarCustomers.Query("Somebody else"), world.Rep.As())).Items[0].Id;
        Assert.Equal(["phone"], (await world.No(new CreateCustomer.Command("New", Phone: phone), world.Rep.As())).Errors.Keys);
        Assert.Equal(["phone"],
            (await world.No(new UpdateCustomer.Command(customer, 1, new CustomerFields { Phone = phone }), world.Rep.As())).Errors.Keys);
        Assert.Equal(["phone"], (await world.No(new AddContact.Command(customer, "Ada", Phone: phone), world.Rep.As())).Errors.Keys);
    }

    [Theory]
    [InlineData("110")]
    [InlineData("+49 (0)40 555-12.34")]
    [InlineData("０１０－８８８８　７７７７")]
    [InlineData("010-8888 7777 转 12")]
    [InlineData("(555) 123/4567 ext. 12")]
    [InlineData("555 123 4567 x12")]
    public async Task A_phone_as_people_write_it_is_kept_as_it_was_written(string phone)
    {
        var deal = await world.Ok(new CreateCustomer.Command($"Phone {phone}", Phone: phone), world.Rep.As());
        Assert.Equal(phone, deal.Phone);
        await world.Ok(new ArchiveCustomer.Command(deal.Id, deal.Version), world.Rep.As());
    }
}
