namespace DialogueMesh.Contracts.Dialogues;

/// <summary>Dialogue acts, named as in Schema-Guided Dialogue (Rastogi et al., 2020), with ESCALATE and ACKNOWLEDGE added.</summary>
public static class Acts
{
    // User.
    public const string InformIntent = "INFORM_INTENT";
    public const string RequestAlternatives = "REQUEST_ALTS";
    public const string Select = "SELECT";
    public const string Affirm = "AFFIRM";
    public const string Negate = "NEGATE";
    public const string ThankYou = "THANK_YOU";

    // Both.
    public const string Inform = "INFORM";
    public const string Request = "REQUEST";
    public const string Goodbye = "GOODBYE";
    public const string Acknowledge = "ACKNOWLEDGE";

    // System.
    public const string Confirm = "CONFIRM";
    public const string Offer = "OFFER";
    public const string NotifySuccess = "NOTIFY_SUCCESS";
    public const string NotifyFailure = "NOTIFY_FAILURE";
    public const string RequestMore = "REQ_MORE";

    /// <summary>Hands the user over to a person.</summary>
    public const string Escalate = "ESCALATE";
}
