using System.Collections.Immutable;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>
/// A field of training: what it is called, what it teaches, what it costs, how much of the market it has.
/// </summary>
/// <remarks>
/// Means are set so that purchases cost about 1 560 € and offers about 2 260 € for 113 hours (Caisse des Dépôts, QPS,
/// catalogue of end 2023); above three quarters of languages, business creation, office software and computing are
/// remote, a tenth of driving. Words are this project's own.
/// </remarks>
/// <param name="Nsf">Three digits.</param>
/// <param name="Share">Of purchases.</param>
/// <param name="Hours">Typical hours of an offer.</param>
/// <param name="Hourly">EUR an hour in 2024.</param>
/// <param name="Peak">Month of most purchases.</param>
internal sealed record Domain(string Nsf, double Share,
    double Hours, double Hourly, double Remote, int Peak, ImmutableArray<string> Titles, ImmutableArray<string> Words)
{
    public static ImmutableArray<Domain> All { get; } =
    [
        Of("136", 9, 30, 38, 0.85, 9, "anglais professionnel|espagnol professionnel|français langue étrangère|allemand "
            + "des affaires", "compréhension orale|expression écrite|vocabulaire "
            + "professionnel|conversation|grammaire|prononciation|courriel|réunion|négociation|test de "
            + "niveau|interculturel|présentation"),
        Of("310", 9, 40, 30, 0.8, 1, "création d'entreprise|reprise d'entreprise|gestion d'une micro-entreprise",
            "étude de marché|plan de financement|statut juridique|prévisionnel|business plan|prospection|comptabilité "
                + "simple|déclarations sociales|immatriculation|offre commerciale|trésorerie"),
        Of("326", 8, 60, 29, 0.8, 9, "développement web|administration de bases de données|analyse de "
            + "données|cybersécurité|infrastructure réseau", "algorithme|base de "
            + "données|interface|réseau|sécurité|programmation|tests|déploiement|serveur|versionnement|architecture "
            + "logicielle|requête"),
        Of("324", 8, 24, 36, 0.8, 1, "tableur|traitement de texte|secrétariat|outils collaboratifs|assistance de "
            + "direction", "mise en forme|formules|tableaux croisés|courrier|classement|agenda|compte "
            + "rendu|publipostage|accueil téléphonique|facturation|suivi de dossiers"),
        Of("311", 18, 24, 44, 0.1, 6, "permis de conduire|transport de marchandises|cariste|logistique "
            + "d'entrepôt|conduite d'engins", "code de la route|manœuvre|chargement|arrimage|sécurité "
            + "routière|conduite en circulation|réglementation sociale|contrôle du véhicule|quai|inventaire|plan de "
            + "circulation|gestes et postures"),
        Of("312", 7, 120, 18, 0.55, 9, "négociation commerciale|vente conseil|gestion de magasin|marketing "
            + "numérique", "prospection|argumentation|relation client|merchandising|objectifs de "
            + "vente|encaissement|réseaux sociaux|fidélisation|campagne|tableau de bord|réclamation"),
        Of("314", 5, 160, 16, 0.6, 9, "comptabilité|gestion de la paie|contrôle de gestion|fiscalité",
            "bilan|écritures comptables|rapprochement bancaire|déclaration de TVA|bulletin de "
                + "paie|clôture|immobilisations|tableau de flux|charges sociales|audit interne"),
        Of("315", 4, 110, 19, 0.65, 9, "ressources humaines|bilan de compétences|management d'équipe|conduite de "
            + "projet", "recrutement|entretien annuel|plan de formation|droit du travail|animation d'équipe|conduite "
            + "du changement|délégation|planification|indicateurs|gestion de conflit"),
        Of("331", 4, 90,
            20, 0.2, 3, "aide-soignant|premiers secours|auxiliaire de santé|diététique", "hygiène|soins|observation "
                + "clinique|asepsie|manutention du patient|urgence|alimentation|traçabilité|douleur|protocole"),
        Of("332", 4, 140, 15, 0.25, 9, "assistant de vie|accompagnement éducatif|médiation sociale|petite enfance",
            "accompagnement|autonomie|projet personnalisé|écoute|maintien à domicile|jeu|développement de "
                + "l'enfant|partenariat|prévention|bientraitance"),
        Of("334", 3, 90, 18, 0.2, 2, "hôtellerie|restauration|accueil touristique|gouvernante", "service en "
            + "salle|réception|réservation|chambres|carte des vins|accueil|langues|normes sanitaires|caisse|animation"),
        Of("221", 3, 140, 15, 0.05, 9, "cuisine|pâtisserie|boulangerie|boucherie", "préparations|cuisson|pâtes|hygiène "
            + "alimentaire|découpe|dressage|desserts|fiches techniques|approvisionnement|température"),
        Of("232", 3, 120, 17, 0.05, 9, "maçonnerie|couverture|gros œuvre|conduite de chantier",
            "fondations|coffrage|béton|échafaudage|toiture|lecture de plans|métré|étanchéité|levage|sécurité de "
                + "chantier"),
        Of("233", 3, 110, 18, 0.05, 9, "peinture|carrelage|plâtrerie|menuiserie",
            "supports|enduits|pose|finitions|isolation|revêtements|chape|outillage|cloison|traçage"),
        Of("255", 3, 70, 26, 0.1, 3, "électricité|habilitation électrique|domotique|bornes de recharge",
            "schéma|tableau électrique|câblage|mise en sécurité|consignation|mesure|norme|conducteurs|protection "
                + "différentielle|raccordement"),
        Of("254", 2, 120, 22, 0.02, 9, "soudage|chaudronnerie|métallerie",
            "arc|semi-automatique|découpe|pliage|joint|assemblage|contrôle visuel|tuyauterie|position|meulage"),
        Of("201", 1.5,
            120, 22, 0.3, 9, "automatismes|maintenance industrielle|robotique", "automate|capteur|diagnostic|schéma "
                + "hydraulique|maintenance préventive|programmation d'automate|pneumatique|panne|réglage|variateur"),
        Of("343", 1.5, 100, 20, 0.3, 9, "traitement de l'eau|gestion des déchets|énergies renouvelables|performance "
            + "énergétique", "tri|station d'épuration|bilan carbone|réseaux d'eau|photovoltaïque|pompe à "
            + "chaleur|collecte|audit énergétique|réglementation environnementale|assainissement"),
        Of("344", 4, 50, 19, 0.02, 5, "sécurité privée|sécurité incendie|sûreté aéroportuaire",
            "surveillance|ronde|évacuation|extincteur|palpation|main courante|secours à personnes|contrôle "
                + "d'accès|poste de sécurité|gestion des conflits"),
        Of("336", 3, 90, 18, 0.15, 1, "coiffure|esthétique|onglerie|maquillage",
            "soins du visage|coupe|coloration|épilation|manucure|diagnostic|hygiène du salon|conseil "
                + "beauté|modelage|extensions"),
        Of("320", 2, 80, 22, 0.7, 9, "communication|journalisme|relations publiques|rédaction web", "rédaction|ligne "
            + "éditoriale|plan de communication|événement|dossier de presse|référencement|storytelling|identité "
            + "visuelle|audience|veille"),
        Of("323", 2, 70, 27, 0.6, 9, "infographie|montage vidéo|photographie|modélisation",
            "retouche|cadrage|montage|calques|lumière|animation|étalonnage|typographie|rendu|son"),
        Of("233i", 0.8, 160, 21, 0.5, 9, "architecture d'intérieur|décoration|design d'espace", "ambiance|plans "
            + "d'aménagement|matériaux|agencement|perspective|cahier des charges|couleurs|mobilier|esquisse|maquette"),
        Of("333", 3, 80, 20, 0.5,
            9, "formation d'adultes|tutorat|ingénierie pédagogique", "progression pédagogique|évaluation|animation de "
                + "groupe|référentiel|supports|accompagnement|multimodalité|positionnement|objectifs|bilan "
                + "de formation"),
    ];

    private static Domain Of(
        string nsf, double share, double hours, double hourly, double remote, int peak, string titles, string words) =>
        new(nsf[..3], share, hours, hourly, remote, peak, [.. titles.Split('|')], [.. words.Split('|')]);
}
