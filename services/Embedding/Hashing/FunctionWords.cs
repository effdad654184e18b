namespace DialogueMesh.Embedding.Hashing;

/// <summary>English words that hold sentences and service talk together and say little about what a dialogue is about; without apostrophes.</summary>
internal static class FunctionWords
{
    public static IReadOnlyList<string> All { get; } = (
        "a about after all also am an and any anything are arent as at be been before being but by can cannot cant could "
        + "couldnt did didnt do does doesnt doing done dont else for from get give go going good got great had has have "
        + "havent having hello help her here hers hi him his how i id if ill im in into is isnt it its ive just know let "
        + "lets like look looking may me might mine more most much must my need needed no not now of off ok okay on one "
        + "only or other our ours out over perfect please really right shall she he should so some something sounds sure "
        + "than thank thanks that thats the their them then there theres these they theyre this those to too up us very "
        + "want wants was wasnt we well were weve what whats when where which while who why will with wont would wouldnt "
        + "yeah yes yet you youd youll your youre yours youve").Split(' ');
}
