using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using PipelineCrm.Live;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Tests.Hosting;

/// <summary>What is measured is sent to whoever collects it.</summary>
public sealed class TelemetryTests
{
    private const BindingFlags Anywhere = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_meter_of_ours_is_exported()
    {
        var sent = new ConcurrentQueue<string>();
        await using var collector = await Collect(sent);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        builder.AddTelemetry();
        await using var app = builder.Build();
        var metrics = app.Services.GetRequiredService<MeterProvider>();
        using var lag = new OutboxLag(TimeProvider.System);
        lag.Read(1);
        UseCaseTelemetry.Finished("Test", "ok", TimeSpan.Zero);
        Assert.True(metrics.ForceFlush());

        var exported = string.Concat(sent);
        var meters = MetersOf(lag);
        Assert.Equal([UseCaseTelemetry.Name, OutboxLag.MeterName], meters.Select(meter => meter.Name).Order());
        Assert.All(meters, meter => Assert.Contains(InstrumentsOf(meter), name => exported.Contains(name, StringComparison.Ordinal)));
    }

    private static List<string> InstrumentsOf(Meter meter)
    {
        var names = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == meter)
            {
                names.Add(instrument.Name);
            }
        };
        listener.Start();
        return names;
    }

    /// <summary>The meters that types of ours hold; those of an instance are known of the given ones alone.</summary>
    private static List<Meter> MetersOf(params object[] instances)
    {
        var fields = new[] { typeof(OutboxLag).Assembly, typeof(Telemetry).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(Anywhere | BindingFlags.DeclaredOnly)).Where(field => field.FieldType == typeof(Meter));
        return [.. fields.Select(field => (Meter)field.GetValue(HolderOf(field))!)];

        object? HolderOf(FieldInfo field) => field.IsStatic ? null : instances.Single(field.DeclaringType!.IsInstanceOfType);
    }

    private static async Task<WebApplication> Collect(ConcurrentQueue<string> sent)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            sent.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync(Ct);
        return collector;
    }
}
