using PipelineCrm.Web.Components.Kit;

namespace PipelineCrm.Tests.Components;

public sealed class PhoneLinkTests
{
    [Theory]
    [InlineData("+49 (0)40 555-12.34", "tel:+49405551234")]
    [InlineData("040/555 12 34", "tel:0405551234")]
    [InlineData("０１０－８８８８ ７７７７", "tel:01088887777")]
    [InlineData("010-8888 7777 转 12", "tel:01088887777;ext=12")]
    [InlineData("(555) 123 4567 ext. 12", "tel:5551234567;ext=12")]
    [InlineData("110", "tel:110")]
    [InlineData("abc", null)]
    [InlineData("12", null)]
    [InlineData("javascript:alert(123)", null)]
    public void A_number_is_dialled_as_it_is_meant(string number, string? address) => Assert.Equal(address, PhoneLink.AddressOf(number));
}
