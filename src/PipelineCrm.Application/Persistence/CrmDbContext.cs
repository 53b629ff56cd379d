using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence;

/// <summary>The database as one scope sees it. Contexts come from a pool: making one anew costs as much as a tenth of a move.</summary>
internal sealed class CrmDbContext(DbContextOptions<CrmDbContext> options)
    : IdentityUserContext<User, UserId, IdentityUserClaim<UserId>, IdentityUserLogin<UserId>, IdentityUserToken<UserId>, UserPasskey>(
        options), IDataProtectionKeyContext
{
    private RequestContext? _requestContext;

    public DbSet<Deal> Deals => Set<Deal>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Quote> Quotes => Set<Quote>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Code> Codes => Set<Code>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<UserSession> Sessions => Set<UserSession>();
    public DbSet<Settings> Settings => Set<Settings>();
    public DbSet<StageSetting> StageSettings => Set<StageSetting>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Transition> Transitions => Set<Transition>();
    public DbSet<Refusal> Refusals => Set<Refusal>();
    public DbSet<HistoryEntry> History => Set<HistoryEntry>();
    public DbSet<RuleSetVersion> RuleSets => Set<RuleSetVersion>();
    public DbSet<RuleDraft> RuleDrafts => Set<RuleDraft>();
    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();
    public DbSet<StoredAnswer> StoredAnswers => Set<StoredAnswer>();
    public DbSet<Checkpoint> Checkpoints => Set<Checkpoint>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportOverwrite> ImportOverwrites => Set<ImportOverwrite>();
    public DbSet<CustomFieldRow> CustomFields => Set<CustomFieldRow>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<BulkJob> BulkJobs => Set<BulkJob>();

    /// <summary>For statements that are written by hand.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    /// <summary>What changes are recorded with.</summary>
    public RequestContext RequestContext => _requestContext
        ?? throw new InvalidOperationException("The context was not taken from a scope.");

    /// <summary>Belongs from now on to the scope of this occasion.</summary>
    public CrmDbContext On(RequestContext requestContext)
    {
        _requestContext = requestContext;
        return this;
    }

    /// <summary>A text as searches compare it: whatever its case, width and spaces.</summary>
    [DbFunction("search_form", IsBuiltIn = true)]
    public static string SearchForm(string text) => throw new NotSupportedException($"Only in queries: {nameof(SearchForm)}({text}).");

    /// <summary>A pattern for <see cref="SearchForm"/> that finds the text anywhere.</summary>
    [DbFunction("search_like", IsBuiltIn = true)]
    public static string SearchLike(string text) => throw new NotSupportedException($"Only in queries: {nameof(SearchLike)}({text}).");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Which indexes there are, the configurations say.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
        Id<DealId>();
        Id<CustomerId>();
        Id<ContactId>();
        Id<UserId>();
        Id<TeamId>();
        Id<ProductId>();
        Id<QuoteId>();
        Id<PaymentId>();
        Id<ApiTokenId>();
        Id<SessionId>();
        Number<Stage>();
        Number<Outcome>();
        Number<Place>();
        Number<MoveKind>();
        Number<Channel>();
        Number<Role>();
        Number<PurchaseStatus>();
        Number<CustomerType>();

        void Id<TId>() where TId : struct, ITypedId<TId> => configurationBuilder.Properties<TId>().HaveConversion<TypedIdConverter<TId>>();

        void Number<TEnum>() where TEnum : struct, Enum => configurationBuilder.Properties<TEnum>().HaveConversion<short>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<UserId>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<UserId>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<UserId>>().ToTable("user_tokens");
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDbContext).Assembly);
    }
}

internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, ITypedId<TId>
{
    private static TId Make(Guid value) => TId.From(value);
}
