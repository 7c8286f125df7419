using System.Collections.Immutable;
using static Cpf.Ml.Scoring.Certifications.Features.FeatureFamily;
using static Cpf.Ml.Scoring.Certifications.Features.FeatureKind;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>Every feature of a certification. The SQL file of its family says how each is computed.</summary>
/// <remarks>
/// F29 (kilometres from home) and F30 (départements of learners) of the field's customary list are left out on purpose:
/// residence of learners is not used, nor are age, sex and nationality.
/// </remarks>
public static class FeatureCatalogue
{
    private const string Balance = "purchases.balance";
    private const string Seller = "offers.organisation_id";

    /// <summary>Dossiers one by one, and not monthly sums.</summary>
    private const string Single = "purchases.price";

    private const string Subcontracting = "D. 2023-1350";
    private const string Habilitation = "C. trav. L. 6113-8, D. 2025-500";

    /// <summary>All features, by family.</summary>
    public static ImmutableArray<Feature> All { get; } =
    [
        new("F01", Price, Ratio, 1, new("Prix moyen", "Mean price"),
            "€", new("Comparer le contenu des offres à celui des certifications comparables.",
                "Compare the contents of the offers with those of comparable certifications."), "", []),
        new("F02", Price, Ratio, 1, new("Prix d'une heure", "Price of an hour"), "€/h", new("Demander le détail des "
            + "coûts et des moyens pédagogiques.", "Ask for the detail of costs and teaching means."), "", []),
        new("F05",
            Price, Number, 1, new("Part des achats au prix du solde du titulaire (à 5 € près), au-delà du hasard",
                "Share of purchases priced at the holder's balance (within €5), beyond chance"), "%",
                new("Relever les prix d'une même offre selon le solde des titulaires.", "List the prices of one offer "
                    + "by holders' balances."), "", [Balance, Single]) { MinSpread = 0.01 },
        new("F06", Price, Number, 1, new("Corrélation entre le prix et le solde au sein d'une même offre",
            "Correlation between price and balance within one offer"),
            "", new("Demander la grille tarifaire et les remises accordées.",
                "Ask for the price list and the discounts given."), "", [Balance, Single]) { MinSpread = 0.05 },
        new("F07", Price, Number, 1, new("Écart des prix d'une même offre", "Spread of the prices of one offer"),
            "%", new("Demander la grille tarifaire et les remises accordées.",
                "Ask for the price list and the discounts given."), "", [Single]) { MinSpread = 0.01 },
        new("F08",
            Price, Share, 1, new("Part des prix juste sous un plafond légal", "Share of prices just below a legal cap"),
            "%", new("Vérifier que le prix suit le contenu et non le plafond.",
                "Check that the price follows the contents and not the cap."), "", []),
        new("F09", Price, Share, 1, new("Part du prix le plus fréquent", "Share of the most frequent price"), "%",
            new("Vérifier si les organismes s'accordent sur un prix.", "Check whether organisations agree on a price."),
            "", [Single]),
        new("F49", Price, Number, 1, new("Hausse du prix d'une heure, à la semaine du dernier semestre où il a le plus "
            + "changé", "Rise of the price of an hour, at the week of the last half-year when it changed most"),
            "%", new("Comparer les offres d'avant et d'après : contenu, heures, vendeurs.",
                "Compare the offers before and after: contents, hours, sellers."),
                "", []) { MinSpread = 0.03, Material = 0.03, HasOwnWindow = true },
        new("F03", Duration, Ratio, -1, new(
            "Durée moyenne, en part du minimum du référentiel", "Mean duration, as a share of the standard's minimum"),
            "%", new("Comparer le programme au référentiel, heure par heure.",
                "Compare the programme with the standard, hour by hour."),
                "C. trav. L. 6113-1", ["certifications.minimum_hours"]),
        new("F04", Duration, Number, -1, new("Évolution des heures en un an, au-delà de celle des prix",
            "Change of hours in a year, beyond that of prices"), "%",
            new("Demander la raison de la baisse des heures à prix constant.", "Ask why hours fell at constant price."),
            "", []) { MinSpread = 0.03 },
        new("F46", Duration, Share, 1,
            new("Part des dossiers de moins de la moitié des heures du référentiel (à défaut, des heures habituelles)",
                "Share of dossiers of less than half the hours of the standard (or else of the typical hours)"), "%",
                new("Comparer le programme de ces offres au référentiel, heure par heure.", "Compare the programme of "
                    + "these offers with the standard, hour by hour."), "C. trav. L. 6113-1", []) { Material = 0.03 },
        new("F10",
            Volume, Number, 1, new("Rareté du volume du trimestre, au vu des précédents et du domaine (puissance "
            + "de dix)", "Rarity of the quarter's volume given earlier ones and its field (power of ten)"), "",
            new("Chercher ce qui explique la hausse : loi, campagne, nouvel organisme.", "Look for what explains the "
                + "rise: a law, a campaign, a new organisation."), "", []) { MinSpread = 0.5, HasOwnWindow = true },
        new("F11", Volume, Ratio, 1, new("Dossiers des six derniers mois, rapportés aux six précédents",
            "Dossiers of the last six months for each of the six before"), "×",
            new("Chercher ce qui explique la hausse : loi, campagne, nouvel organisme.", "Look for what explains the "
                + "rise: a law, a campaign, a new organisation."), "", []) { MinSpread = 0.1, HasOwnWindow = true },
        new("F12", Volume, Ratio, -1, new("Jours entre l'enregistrement et le centième dossier",
            "Days from registration to the hundredth dossier"), "j",
            new("Vérifier comment les premiers titulaires ont été trouvés.", "Check how the first holders were found."),
            "", []) { HasOwnWindow = true },
        new("F13", Volume, Ratio, 1,
            new("Irrégularité des achats d'une heure à l'autre", "Unevenness of purchases from one hour to the next"),
            "×", new("Examiner les heures les plus chargées : comptes, machines, offres.",
                "Look into the busiest hours: accounts, machines, offers."), "", [Single]),
        new("F14", Volume, Share, 1, new("Part de l'année vendue dans le dernier trimestre avant l'échéance",
            "Share of the year sold in the last quarter before expiry"),
            "%", new("Vérifier que les examens auront lieu avant l'échéance.",
                "Check that examinations take place before expiry."), "", []) { HasOwnWindow = true },
        new("F41", Volume, Share, 1, new("Part de dossiers abandonnés", "Share of dossiers given up"),
            "%", new("Demander le motif des abandons.", "Ask why they were given up."),
            "", ["purchases.cancelled_on"]) { HasOwnWindow = true },
        new("F15", Organisations, Number, 1, new("Concentration des vendeurs, au-delà de celle d'autant de vendeurs "
            + "égaux", "Concentration of sellers, beyond that of as many equal ones"),
            "", new("Vérifier l'indépendance des organismes.", "Check that organisations are independent."),
            "", [Seller]) { MinSpread = 0.1 },
        new("F16", Organisations, Share, 1, new("Part du premier vendeur", "Share of the first seller"),
            "%", new("Examiner le premier vendeur.", "Look into the first seller."), "", [Seller]),
        new("F17", Organisations, Share, 1, new("Part des montants versés à des organismes de moins d'un an",
            "Share of amounts paid to organisations under a year old"),
            "%", new("Vérifier l'activité réelle des organismes récents.",
                "Check the real activity of recent organisations."), "", ["organisations.created_on", Seller]),
        new("F18", Organisations,
            Share, 1, new("Part des montants versés à des organismes qui vendent dans cinq domaines ou plus",
                "Share of amounts paid to organisations that sell in five fields or more"),
                "%", new("Vérifier les compétences des formateurs dans le domaine.",
                    "Check the trainers' skills in the field."), "", [Seller]),
        new("F23",
            Organisations, Ratio, 1, new("Nouveaux partenaires par mois, rapportés à l'habitude du certificateur",
                "New partners a month, against the certifier's baseline"),
                "×", new("Demander au certificateur comment il habilite.", "Ask the certifier how it habilitates."),
                Habilitation, ["habilitations"]) { MinSpread = 0.3, HasOwnWindow = true },
        new("F25", Organisations, Share, 1,
            new("Part des dossiers où qui certifie forme aussi", "Share of dossiers where who certifies also trains"),
            "%", new("Vérifier l'indépendance du jury.", "Check the independence of the jury."), "", [Seller]),
        new("F19",
            Network, Share, 1, new("Part des montants versés sur un compte bancaire partagé par plusieurs sociétés",
                "Share of amounts paid into a bank account shared by several companies"),
                "%", new("Demander l'identité des titulaires des comptes.", "Ask who holds the accounts."),
                "C. trav. L. 6333-7-2", ["bank_accounts", Seller]) { Material = 0.03, Limit = 0.03,
                    LimitSource = "Un compte bancaire pour plusieurs sociétés, au-delà de 3 % des montants" },
        new("F20", Network, Share, 1, new("Part des montants versés au plus grand groupe de sociétés liées",
            "Share of amounts paid to the largest group of linked companies"),
            "%", new("Établir les liens entre sociétés : dirigeants, adresses, comptes.",
                "Establish links between companies: managers, addresses, accounts."),
                "", ["organisations.director_hash", Seller]),
        new("F21", Network, Share, 1, new("Part des montants versés à des organismes liés à un organisme exclu",
            "Share of amounts paid to organisations linked to an excluded one"),
            "%", new("Vérifier si l'activité exclue a repris sous un autre nom.",
                "Check whether the excluded activity went on under another name."), "C. trav. L. 6333-7-2",
                ["organisations.delisted_on", "organisations.director_hash", Seller]) { Material = 0.03,
                    Limit = 0.03, LimitSource = "Lien avec un organisme exclu, au-delà de 3 % des montants" },
        new("F22", Network, Share, 1, new("Part des dossiers vendus sans habilitation à la date",
            "Share of dossiers sold without habilitation on the day"),
            "%", new("Demander l'habilitation en vigueur à la date des achats.", "Ask for the habilitation in force on "
                + "the day of purchases."), Habilitation, ["habilitations", Seller]) { Material = 0.02, Limit = 0.05,
                    LimitSource = "Vente sans habilitation, au-delà de 5 % des dossiers", IsBreach = true },
        new("F24", Network, Share, 1, new(
            "Part des montants d'organismes qui sous-traitent plus de 80 % de leur chiffre d'affaires, ou en cascade",
            "Share of amounts of organisations that subcontract more than 80 % of their turnover, or in a cascade"),
            "%", new("Demander les contrats de sous-traitance et la déclaration annuelle.",
                "Ask for the subcontracts and the yearly declaration."), Subcontracting, ["subcontracting",
                    Seller]) { Material = 0.03, Limit = 0.05, LimitSource = "Sous-traitance de plus de 80 % du chiffre "
                        + "d'affaires ou en cascade (D. 2023-1350), au-delà de 5 % des montants", IsBreach = true },
        new("F47", Network, Share, 1, new("Part des dossiers vendus après la fin de l'enregistrement",
            "Share of dossiers sold after the end of the registration"),
            "%", new("Demander pourquoi les offres n'ont pas été retirées.", "Ask why the offers were not withdrawn."),
            "C. trav. L. 6323-6", []) { Material = 0.01, Limit = 0.02, LimitSource =
                "Vente d'une certification qui n'est plus enregistrée, au-delà de 2 % des dossiers", IsBreach = true },
        new("F48", Network, Share, 1, new("Part des montants d'organismes dont la certification qualité avait expiré",
            "Share of amounts of organisations whose quality label had ended"),
            "%", new("Demander le certificat Qualiopi en vigueur à la date des achats.",
                "Ask for the Qualiopi certificate in force on the day of purchases."), "C. trav. L. 6316-1",
                ["organisations.qualiopi_until", Seller]) { Material = 0.02, Limit = 0.05, LimitSource =
                    "Vente sans certification qualité en vigueur, au-delà de 5 % des montants", IsBreach = true },
        new("F26", Learners, Share, 1, new("Part des dossiers dont le téléphone ou l'appareil sert à trois comptes ou "
            + "plus", "Share of dossiers whose telephone or machine serves three accounts or more"),
            "%", new("Contacter des titulaires par un autre moyen.", "Contact holders by other means."),
            "", ["purchases.contact_hash"]),
        new("F27", Learners, Share, 1, new("Part des comptes créés ou modifiés dans les sept jours avant l'achat",
            "Share of accounts created or changed within seven days before the purchase"), "%",
            new("Contacter des titulaires : ont-ils acheté eux-mêmes ?", "Contact holders: did they buy themselves?"),
            "", ["purchases.account_created_on"]),
        new("F28", Learners, Share, 1, new("Part des achats faits depuis l'appareil d'un organisme",
            "Share of purchases made from an organisation's machine"), "%",
            new("Contacter des titulaires : ont-ils acheté eux-mêmes ?", "Contact holders: did they buy themselves?"),
            "", ["purchases.device_hash", "organisations.device_hash"]),
        new("F31", Learners, Share, 1, new("Part des dossiers à distance", "Share of remote dossiers"),
            "%", new("Demander les relevés de connexion.", "Ask for the statements of connexions."), "", []),
        new("F32", Learners,
            Share, 1, new("Part des entrées au délai légal minimal", "Share of starts at the legal minimum delay"),
            "%", new("Vérifier la réalité des entrées en formation.", "Check that training did begin."),
            "", ["purchases.entered_on"]) { HasOwnWindow = true },
        new("F33", Delivery,
            Ratio, -1, new("Heures de connexion pour une heure facturée", "Hours of presence for each hour billed"),
            "%", new("Demander les relevés de connexion bruts.", "Ask for the raw statements of connexions."),
            "C. trav. L. 6362-6", ["sessions.hours_logged"]),
        new("F34", Delivery, Share, 1, new("Part des dossiers avec un jour de plus de dix heures ou plusieurs à des "
            + "heures inhabituelles", "Share of dossiers with a day of over ten hours or several at odd times"), "%",
            new("Examiner les feuilles d'émargement de ces jours.", "Look at the attendance sheets of these days."),
            "C. trav. L. 6362-6", ["sessions.longest_day"]),
        new("F35", Delivery,
            Share, 1, new("Part des dossiers déclarés réalisés à 100 %", "Share of dossiers declared 100 % done"),
            "%", new("Demander les feuilles d'émargement.", "Ask for the attendance sheets."),
            "C. trav. L. 6362-6", ["sessions"]),
        new("F36", Delivery, Share, 1, new("Part des services faits déclarés par lots dans la même minute",
            "Share of completions declared in batches within one minute"),
            "%", new("Vérifier que chaque dossier a été contrôlé avant d'être déclaré.",
                "Check that each dossier was verified before it was declared."), "", ["sessions"]),
        new("F50", Delivery, Share, -1, new("Part des formations terminées dont le titulaire est inscrit à l'examen",
            "Share of completed trainings whose holder is registered for the examination"), "%",
            new("Demander au certificateur la liste des inscriptions à l'examen.",
                "Ask the certifier for the list of registrations for the examination."),
            "C. trav. L. 6113-1", ["sessions.exam_on"]),
        new("F37", Exam, Share,
            -1, new("Part des stagiaires présentés à l'examen", "Share of learners presented to the examination"),
            "%", new("Demander les convocations et les procès-verbaux.", "Ask for the convocations and minutes."),
            "C. trav. L. 6113-1", ["exams"]),
        new("F38", Exam, Share, 1, new("Part de réussite des présentés", "Share of those presented who passed"),
            "%", new("Demander les copies, les grilles et la composition des jurys.",
                "Ask for the papers, the grids and the members of juries."), "C. trav. L. 6113-1", ["exams"]),
        new("F39", Exam, Share, -1, new("Part des certifiés transmis au système national en trois mois",
            "Share of holders given to the national system within three months"),
            "%", new("Demander la preuve de délivrance des certificats.", "Ask for the proof that certificates were "
                + "delivered."), "D. 2025-500", ["exams.transmitted_on"]) { HasOwnWindow = true },
        new("F45", Exam, Share, 1, new("Part des stagiaires ayant terminé qui obtiennent la certification",
            "Share of those who finished who obtain the certification"),
            "%", new("Demander les copies, les grilles et la composition des jurys.",
                "Ask for the papers, the grids and the members of juries."), "C. trav. L. 6113-1", ["exams"]),
        new("F40", Voice, Share, 1, new("Signalements par dossier", "Complaints for each dossier"),
            "‰", new("Lire les signalements.", "Read the complaints."), "", ["complaints"]),
        new("F44", Voice,
            Share, 1, new("Part d'avis au texte presque identique", "Share of reviews whose text is nearly the same"),
            "%", new("Lire les avis et contacter leurs auteurs.", "Read the reviews and contact their authors."),
            "", ["reviews"]) { HasOwnWindow = true },
        new("F42", Wording, Number, 1, new("Écart entre les offres et le référentiel (0 identiques, 1 sans rapport)",
            "Distance between offers and the standard (0 equal, 1 unrelated)"),
            "", new("Lire les offres et le référentiel côte à côte.", "Read offers and standard side by side."),
            "C. trav. L. 6113-1", ["offers.title", "certifications.standard"]) { MinSpread = 0.03 },
        new("F43", Wording, Share, 1, new("Part des dossiers dont l'offre contient un mot interdit",
            "Share of dossiers whose offer has a forbidden word"),
            "%", new("Lire les offres concernées.", "Read the offers concerned."), "L. 2022-1587", ["offers.title"]),
    ];

    /// <summary>The feature of an id.</summary>
    /// <param name="id">F01 to F50.</param>
    /// <returns>The feature.</returns>
    /// <exception cref="InvalidOperationException">There is no feature of this id.</exception>
    public static Feature Of(string id) => All.First(feature => feature.Id == id);
}
