using System.Collections.Immutable;
using static Cpf.Ml.Scoring.Platform.PlatformType;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>The tables of platform data; <c>docs/platform-data.md</c> is written from here.</summary>
/// <remarks>Direct identifiers of people, accounts and machines come as keyed hashes only. Age, sex, nationality and
/// residence of learners are not in it.</remarks>
public static class PlatformContract
{
    /// <summary>All tables; a table stands after those that it refers to.</summary>
    public static ImmutableArray<PlatformTable> Tables { get; } =
    [
        new("certifications", "A certification of the national register.", ["certification_id"],
        [
            new("certification_id", Characters, "Code: RNCP or RS and a number."),
            new("register",
                Characters, "RNCP (professional titles) or RS (specific skills).") { Values = ["RNCP", "RS"] },
            new("title", Characters, "Official title."),
            new("nsf", Characters, "Field of training, NSF code of three digits."),
            new("level", Count, "European level; empty in the RS.") { IsNullable = true, Min = 1, Max = 8 },
            new("certifier_id",
                Characters, "Who awards it: an organisation's id where it trains too, any id otherwise."),
            new("registered_on", Date, "First day of the registration."),
            new("expires_on", Date, "Last day of the registration."),
            new("minimum_hours", Number, "Hours of training that the standard asks for at least.") { IsNullable = true,
                IsOptional = true, Min = 0 },
            new("standard", Characters,
                "Activities and skills of the official standard, as text.") { IsNullable = true, IsOptional = true },
        ]),
        new("organisations", "A training organisation.", ["organisation_id"],
        [
            new("organisation_id", Characters, "Of the platform: a SIRET."),
            new("siren", Characters, "The company: several organisations may share one."),
            new("created_on", Date, "Of the company.") { IsNullable = true, IsOptional = true },
            new("activity_declared_on", Date, "Of the activity number (NDA).") { IsNullable = true, IsOptional = true },
            new("department", Characters, "Of its seat.") { IsNullable = true, IsOptional = true },
            new("is_public", Flag, "Of the public sector.") { IsNullable = true, IsOptional = true },
            new("director_hash", Characters, "Keyed hash of who manages it.") { IsNullable = true, IsOptional = true },
            new("address_hash",
                Characters, "Keyed hash of the seat's address.") { IsNullable = true, IsOptional = true },
            new("phone_hash", Characters, "Keyed hash of its telephone.") { IsNullable = true, IsOptional = true },
            new("device_hash", Characters, "Keyed hash of the machine and address from which it manages its offers.") {
                IsNullable = true, IsOptional = true },
            new("qualiopi_until", Date, "Last day of its quality label.") { IsNullable = true, IsOptional = true },
            new("delisted_on", Date, "When the platform excluded it.") { IsNullable = true, IsOptional = true },
        ]),
        new("bank_accounts", "An account into which an organisation was paid.", [],
        [
            new("organisation_id", Characters, "Whose.") { References = "organisations" },
            new("iban_hash", Characters, "Keyed hash."),
            new("begins_on", Date, "First payment into it."),
        ]) { IsOptional = true },
        new("habilitations", "A right to prepare for a certification, given by its certifier.", [],
        [
            new("certification_id", Characters, "What for.") { References = "certifications" },
            new("organisation_id", Characters, "To whom.") { References = "organisations" },
            new("begins_on", Date, "First day."),
            new("ends_on", Date, "Last day; empty while it lasts.") { IsNullable = true },
        ]) { IsOptional = true },
        new("offers", "What an organisation sells.", ["offer_id"],
        [
            new("offer_id", Count, "Of the platform."),
            new("certification_id", Characters, "What it leads to.") { References = "certifications" },
            new("organisation_id",
                Characters, "Who sells.") { References = "organisations", IsNullable = true, IsOptional = true },
            new("title", Characters, "As the organisation wrote it.") { IsNullable = true, IsOptional = true },
            new("programme", Characters,
                "Aims and contents, as the organisation wrote them.") { IsNullable = true, IsOptional = true },
            new("modality", Characters, "Where it takes place.") { Values = ["onsite", "remote", "mixed"] },
            new("hours", Number, "Of training.") { IsNullable = true, Min = 0 },
            new("price", Money, "EUR, all taxes included.") { Min = 0 },
            new("opened_on", Date, "First day on sale."),
            new("closed_on", Date, "Last day on sale; empty while it lasts.") { IsNullable = true },
        ]),
        new("purchases", "A dossier: a person's order of an offer.", ["purchase_id"],
        [
            new("purchase_id", Count, "Of the platform."),
            new("offer_id", Count, "What was ordered.") { References = "offers" },
            new("ordered_at", Instant, "When."),
            new("price",
                Money, "EUR that were paid, by everybody together. Without it the offer's price is the mean of "
                + "its dossiers and their hours of day are not known: monthly sums, as published.") { IsNullable = true,
                    IsOptional = true, Min = 0 },
            new("state", Characters, "What became of it.") { Values = ["validated", "cancelled"] },
            new("cancelled_on", Date, "When it was given up.") { IsNullable = true, IsOptional = true },
            new("entered_on", Date, "When the training began.") { IsNullable = true, IsOptional = true },
            new("balance",
                Money, "EUR of rights that the person had before.") { IsNullable = true, IsOptional = true, Min = 0 },
            new("top_up",
                Money, "EUR that a funder or employer added.") { IsNullable = true, IsOptional = true, Min = 0 },
            new("funder", Characters, "Who added it.") { IsNullable = true,
                IsOptional = true, Values = ["france-travail", "region", "opco", "employer"] },
            new("account_hash", Characters, "Keyed hash of the account.") { IsNullable = true, IsOptional = true },
            new("account_created_on",
                Date, "First sign-in or last change of identity.") { IsNullable = true, IsOptional = true },
            new("contact_hash",
                Characters, "Keyed hash of telephone and e-mail address.") { IsNullable = true, IsOptional = true },
            new("device_hash",
                Characters, "Keyed hash of the machine and its address.") { IsNullable = true, IsOptional = true },
        ]),
        new("sessions", "What an organisation declared of a dossier after the training.", ["purchase_id"],
        [
            new("purchase_id", Count, "Which.") { References = "purchases" },
            new("ended_on", Date, "Last day."),
            new("declared_at", Instant, "When it was declared (service fait)."),
            new("completion", Number, "Share of the hours that were done.") { Min = 0, Max = 1 },
            new("hours_billed", Number, "Hours.") { Min = 0 },
            new("hours_logged", Number, "Hours of presence on the learning platform; empty where there is none.") {
                IsNullable = true, IsOptional = true, Min = 0 },
            new("longest_day",
                Number, "Hours of the longest day.") { IsNullable = true, IsOptional = true, Min = 0, Max = 24 },
            new("odd_days", Count, "Days with hours at night, on a Sunday or a public holiday.") { IsNullable = true,
                IsOptional = true, Min = 0 },
            new("exam_on", Date, "Day of the examination for which the person was registered by the time of the "
                + "declaration; empty for none.") { IsNullable = true, IsOptional = true },
        ]) { IsOptional = true },
        new("exams", "What a certifier says of a dossier whose training has ended.", ["purchase_id"],
        [
            new("purchase_id", Count, "Which.") { References = "purchases" },
            new("held_on",
                Date, "Day of the examination; empty when the person was not presented.") { IsNullable = true },
            new("is_passed", Flag, "Empty when not presented.") { IsNullable = true },
            new("known_on", Date, "When the certifier said so."),
            new("transmitted_on", Date,
                "When the certificate was given to the national system.") { IsNullable = true, IsOptional = true },
        ]) { IsOptional = true },
        new("complaints", "A report by a person.", ["complaint_id"],
        [
            new("complaint_id", Count, "Of the platform."),
            new("purchase_id", Count, "About which dossier.") { References = "purchases" },
            new("received_on", Date, "When."),
        ]) { IsOptional = true },
        new("reviews", "What a person wrote about a training.", [],
        [
            new("purchase_id", Count, "About which dossier.") { References = "purchases" },
            new("written_at", Instant, "When."),
            new("stars", Count, "From 1 to 5.") { Min = 1, Max = 5 },
            new("text_hash", Characters, "The same for texts that hardly differ.") { IsNullable = true },
        ]) { IsOptional = true },
        new("subcontracting", "What an organisation gave to another one in a year, as declared or as found.", [],
        [
            new("organisation_id", Characters, "Who sold.") { References = "organisations" },
            new("subcontractor_id", Characters, "Who trained."),
            new("certification_id", Characters, "What for.") { References = "certifications" },
            new("known_on", Date, "When it was declared or found."),
            new("amount", Money, "EUR over the twelve months before.") { Min = 0 },
            new("is_declared", Flag, "By the organisation, as the law asks."),
        ]) { IsOptional = true },
        new("known_events",
            "What explains a change beforehand: a law, a launch, a late transmission that was announced.", [],
        [
            new("certification_id", Characters, "Of what.") { References = "certifications" },
            new("kind", Characters, "What about it changes.") { Values = ["volume", "price", "exam", "other"] },
            new("begins_on", Date, "First day."),
            new("ends_on", Date, "Last day."),
            new("reason", Characters, "In a sentence, with its source."),
        ]) { IsOptional = true },
        new("controls", "An inspection and what it found: the labels.", [],
        [
            new("certification_id", Characters, "Of what.") { References = "certifications" },
            new("opened_on", Date, "When it began."),
            new("decided_on", Date, "When it ended; empty while it lasts.") { IsNullable = true },
            new("selection", Characters, "Why this one: high in the queue, uncertain, drawn at random, or a report.") {
                Values = ["top", "uncertain", "random", "report"] },
            new("outcome", Characters, "What it found; empty while it lasts.") { IsNullable = true,
                Values = ["confirmed", "minor", "legitimate", "insufficient"] },
        ]) { IsOptional = true },
    ];

    /// <summary>The table of a name.</summary>
    /// <param name="name">Name of the table.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no table of this name.</exception>
    public static PlatformTable Table(string name) => Tables.FirstOrDefault(table => table.Name == name)
        ?? throw new ArgumentException($"No table {name}.", nameof(name));
}
