using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Access;

public abstract class AccessStoresContract(StoreFixture store)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, 123, TimeSpan.Zero);

    private readonly AuditLog _audit = new(new AuditStore(store.Database), new FakeTimeProvider(Now));
    private readonly AccountStore _accounts = new(store.Database);
    private readonly TokenStore _tokens = new(store.Database);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_is_read_as_it_was_written()
    {
        var account = Account("round-trip") with
        {
            Roles = [Roles.Operator, Roles.Auditor],
            DisabledAt = Now.AddDays(1),
            Language = "en",
        };

        Assert.True(await _accounts.AddAsync(account, Entry(), Cancellation));

        var read = await _accounts.FindAsync("round-trip", Cancellation);
        Assert.Equal(account with { Roles = default }, read! with { Roles = default });
        Assert.Equal(account.Roles, read.Roles);
    }

    [Fact]
    public async Task Account_with_an_existing_name_is_not_added_and_not_audited()
    {
        await _accounts.AddAsync(Account("taken"), Entry(), Cancellation);
        var entry = Entry() with { Subject = "second taken" };

        Assert.False(await _accounts.AddAsync(Account("taken") with { DisplayName = "Other" }, entry, Cancellation));

        Assert.Equal("taken", (await _accounts.FindAsync("taken", Cancellation))!.DisplayName);
        Assert.Empty(await _audit.ReadAsync(new(Subject: "second taken"), Cancellation));
    }

    [Fact]
    public async Task Failed_sign_in_that_reaches_the_limit_locks_the_account_until_a_new_password()
    {
        await _accounts.AddAsync(Account("locked"), Entry(), Cancellation);
        await _accounts.CountFailureAsync("locked", 2, Now.AddMinutes(15), Entry(), Cancellation);
        Assert.Null((await _accounts.FindAsync("locked", Cancellation))!.LockedUntil);

        await _accounts.CountFailureAsync("locked", 2, Now.AddMinutes(15), Entry(), Cancellation);
        Assert.Equal(Now.AddMinutes(15), (await _accounts.FindAsync("locked", Cancellation))!.LockedUntil);

        await _accounts.SaveAsync(Account("locked") with { PasswordHash = "another" }, Entry(), Cancellation);
        Assert.Null((await _accounts.FindAsync("locked", Cancellation))!.LockedUntil);
    }

    [Fact]
    public async Task Account_change_without_a_new_password_keeps_the_lock()
    {
        await _accounts.AddAsync(Account("kept"), Entry(), Cancellation);
        await _accounts.CountFailureAsync("kept", 1, Now.AddMinutes(15), Entry(), Cancellation);

        await _accounts.SaveAsync(Account("kept") with { DisplayName = "Renamed" }, Entry(), Cancellation);

        var read = await _accounts.FindAsync("kept", Cancellation);
        Assert.Equal(("Renamed", Now.AddMinutes(15)), (read!.DisplayName, read.LockedUntil));
    }

    [Fact]
    public async Task Token_is_found_by_its_hash_and_revoked_once()
    {
        var token = new ApiToken(
            "t1", "robot", "hash-1", [Scopes.Ingest, Scopes.Read], "admin", Now, Now.AddDays(1), null, null);
        await _tokens.AddAsync(token, Entry(), Cancellation);

        Assert.True(await _tokens.RevokeAsync("t1", Entry(), Cancellation));
        Assert.False(await _tokens.RevokeAsync("t1", Entry(), Cancellation));

        var read = await _tokens.FindByHashAsync("hash-1", Cancellation);
        Assert.Equal(token with { Scopes = default, RevokedAt = Now }, read! with { Scopes = default });
        Assert.Equal(token.Scopes, read.Scopes);
    }

    [Fact]
    public async Task Last_use_of_a_token_never_goes_back()
    {
        await _tokens.AddAsync(
            new("t2", "robot", "hash-2", [Scopes.Read], "admin", Now, null, null, null), Entry(), Cancellation);

        await _tokens.TouchAsync("t2", Now.AddMinutes(2), Cancellation);
        await _tokens.TouchAsync("t2", Now.AddMinutes(1), Cancellation);

        Assert.Equal(Now.AddMinutes(2), (await _tokens.FindAsync("t2", Cancellation))!.LastUsedAt);
    }

    [Fact]
    public async Task Audit_log_is_read_newest_first_page_by_page_and_filtered()
    {
        for (var i = 0; i < 5; i++)
        {
            await _audit.RecordAsync(
                new Actor("pages", "10.0.0.1", "trace"),
                "thing.change",
                $"s{i}",
                new { value = i },
                new { value = i + 1 },
                Cancellation);
        }

        var first = await _audit.ReadAsync(new(Actor: "pages", Action: "thing.", Limit: 3), Cancellation);
        var rest = await _audit.ReadAsync(new(Actor: "pages", Before: first[^1].Id, Limit: 3), Cancellation);

        Assert.Equal(5, first.Concat(rest).Select(entry => entry.Subject).Distinct().Count());
        Assert.Equal(first.OrderByDescending(entry => entry.Id, StringComparer.Ordinal), first);
        var line = Assert.Single(await _audit.ReadAsync(new(Actor: "pages", Subject: "s3"), Cancellation));
        Assert.Equal(
            ("""{"value":3}""", """{"value":4}""", "10.0.0.1", "trace", Now),
            (line.Before, line.After, line.Source, line.Trace, line.At));
        Assert.Empty(await _audit.ReadAsync(new(Actor: "pages", Action: "other."), Cancellation));
    }

    [Fact]
    public async Task Setting_keeps_its_last_value_and_the_audit_log_the_previous_one()
    {
        var settings = new SettingStore(store.Database, _audit);
        Assert.Null(await settings.FindAsync("budget", Cancellation));

        await settings.SaveAsync("budget", "1", new Actor("alice", "", ""), Cancellation);
        await settings.SaveAsync("budget", "2", new Actor("bob", "", ""), Cancellation);

        Assert.Equal("2", await settings.FindAsync("budget", Cancellation));
        var change = Assert.Single(await _audit.ReadAsync(new(Actor: "bob"), Cancellation));
        Assert.Equal(
            ("setting.change", "budget", "1", "2"), (change.Action, change.Subject, change.Before, change.After));
    }

    [Fact]
    public void Session_keys_are_read_as_they_were_written()
    {
        var keys = new KeyStore(store.Database, new FakeTimeProvider(Now));

        keys.StoreElement(new("key", new System.Xml.Linq.XAttribute("id", "1"), "é"), "key-1");

        Assert.Equal("<key id=\"1\">é</key>", Assert.Single(keys.GetAllElements()).ToString());
    }

    private static Account Account(string name) => new(name, name, "hash", [Roles.Operator], "fr", Now, null, 0, null);

    private AuditEntry Entry() => _audit.Entry(Actor.System, "test", "test");
}

public sealed class AccessStoresOnSqlite(SqliteStore store) : AccessStoresContract(store), IClassFixture<SqliteStore>;

public sealed class AccessStoresOnPostgres(PostgresStore store)
    : AccessStoresContract(store), IClassFixture<PostgresStore>;
