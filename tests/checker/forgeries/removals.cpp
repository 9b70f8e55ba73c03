#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* kinds = "A claim `recognises`, `accuracy`, `equal` or `invariant` may have the key `without`";
constexpr const char* list = "a list, not empty, of parts that the model has";
constexpr const char* form =
    "`[l, h]`, head h of the attention part of layer l, or `[l, \"feedforward\"]`, the feed-forward part of layer l, "
    "both "
    "from 1";
constexpr const char* order =
    "in ascending order of l, the heads of a layer in ascending order before its feed-forward part, no part twice";
constexpr const char* zero =
    "all weights and the bias of the output map of each head in the list, and of the last map of each feed-forward "
    "part in "
    "the list, are 0, and nothing else is changed";

constexpr const char* numbers =
    "for each part of the list, none of which is an edge, as many numbers as the model has dimensions";
constexpr const char* constant = "Then the bias of the map that the part names is these numbers and not 0";
constexpr const char* near = "no number of `constants` is further than e from the mean of what its part adds";
constexpr const char* cut =
    "What is read of it is the final vector where the model is read, if l is its last layer and the readout is at one "
    "position";
constexpr const char* only_part =
    "of layer l only head h, without residual and without a norm `post`, or the attention part as it is and the "
    "feed-forward part without residual and without a norm `post`";
constexpr const char* all_positions = "else the mean of the final vectors at all positions";
constexpr const char* edge_list =
    "The list may also have, after all parts and in ascending order, no edge twice, `[l, h, l′, h′]`, l < l′";
constexpr const char* no_norm_after =
    "from the attention part of l to the feed-forward part of l′ − 1, no part has a norm `post`";
constexpr const char* all_residual = "and no part but the attention part of l lacks its residual";
constexpr const char* before_the_norm = "what is not read is missing before the norm";
constexpr const char* in_its_block = "Query, key and value of later head k have their columns in block k";
constexpr const char* by_itself = "A norm is applied to each block by itself";
constexpr const char* no_classes = "The evidence has neither `classes` nor `by`";
constexpr const char* not_read = "The claim is about the model in which head h′ does not read what head h adds";

std::vector<Forgery> constants() {
    return {
        {"A claim with `without` may have the key `instead`", "exhaustion",
         claim("\"verified\"", "\"verified\", \"instead\": {\"constants\": []}"), "question",
         "a list for each part was expected"},
        {numbers, "mean of head", claim("[[\"0\", \"1/2\", \"0\"]]", "[]"), "question",
         "a list for each part was expected"},
        {numbers, "mean of head", claim("[\"0\", \"1/2\", \"0\"]", "[\"0\", \"1/2\"]"), "question",
         "3 numbers were expected for each part"},
        {numbers, "without edge",
         claim("[[1, 1, 2, 1]]", "[[1, 1, 2, 1]], \"instead\": {\"constants\": [[\"0\", \"0\"]]}"), "question",
         "an edge adds nothing"},
        {"numbers of the model format", "mean of head", claim("\"1/2\"", "\"0.5\""), "question", "constants[0][1]"},
        {constant, "mean of head", claim("\"table:0\"", "\"last\""), "exhaustion", "word \"01\""},
        {constant, "mean of head", claim(", \"within\": \"0\"", ", \"without\": 1"), "question",
         "unknown key \"without\""},
        {constant, "mean of soft head", claim("\"regex:.\"", "\"last\""), "enclosure", "word \"0\""},
        {"With `within`, a number that is not negative", "mean of head",
         claim("\"within\": \"0\"", "\"within\": \"-1\""), "question", "a distance is not negative"},
        {near, "mean of head", claim("\"1/2\"", "\"1/4\""), "mean", "constants[0][1]: it is not so near to the mean"},
        {near, "mean of head", claim("[\"0\",", "[\"1/1000000\","), "mean", "constants[0][0]"},
        {near, "mean of head", both(claim("[\"0\",", "[\"1/8\","), claim("\"within\": \"0\"", "\"within\": \"1/9\"")),
         "mean", "constants[0][0]"},
        {near, "mean of soft head", claim("\"1/2\"", "\"3/4\""), "mean", "constants[0][0]"},
        {near, "mean of soft head", claim("\"0\"]]", "\"1/999\"]]"), "mean", "constants[0][1]"},
        {cut, "mean of head", in("model.json", "\"kind\": \"hard\"", "\"kind\": \"hard\", \"mask\": \"strict-future\""),
         "mean", "constants[0][1]"},
        {only_part, "mean of head", claim("[\"0\", \"1/2\", \"0\"]", "[\"1/2\", \"1/2\", \"0\"]"), "mean",
         "constants[0][0]"},
        {only_part, "mean of feed-forward", claim("[\"0\", \"0\", \"1/2\"]", "[\"1/2\", \"1/2\", \"1/2\"]"), "mean",
         "constants[0][0]"},
        {only_part, "mean of feed-forward", claim("[\"0\", \"0\", \"1/2\"]", "[\"0\", \"0\", \"1\"]"), "mean",
         "constants[0][2]"},
        {all_positions, "mean of first head", claim("\"1/4\"", "\"1/2\""), "mean", "constants[0][1]"},
        {"There are at most 2²² words then", "mean of head",
         both(claim("\"length\": 2", "\"length\": 23"), claim("\"table:0\"", "\"last\"")), "mean",
         "there are more than 2^22 words"},
        {"the layer of each part has no `repeat` but 1", "mean of head",
         both(in("model.json", "\"version\": 1", "\"version\": 2"), in("model.json", "]}}],", "]}, \"repeat\": 2}],")),
         "mean", "has a repeat"},
    };
}

constexpr const char* by_key =
    "In a claim `recognises` or `equal`, `instead` may have the key `by`, which is `\"position\"`";
constexpr const char* each_position =
    "`constants` then has for each part of the list, none of which is an edge, a list for each of the n positions of "
    "the "
    "sequence, begin and end included, of as many numbers as the model has dimensions";
constexpr const char* zero_too = "The map that the part names is 0 with its bias, as without `instead`";
constexpr const char* adds_list =
    "at position p the attention part, or the feed-forward part, to which the map belongs adds list p besides, "
    "whatever a "
    "mask leaves to p, before a norm `post`";
constexpr const char* near_at_each =
    "obligation `mean` says of each position p that no number of list p is further than e from the mean";
constexpr const char* read_or_not = "whether p is read or not";
constexpr const char* word_by_word =
    "The evidence is `exhaustion`, `enclosure` with neither `classes` nor `by`, or `witness`";

std::vector<Forgery> constants_by_position() {
    const std::string zeros = R"("without": [[1, 1]], "instead": {"by": "position", "constants": )";
    return {
        {by_key, "means by position", claim("\"position\"", "\"layer\""), "question", "\"position\" was expected"},
        {by_key, "counted without", claim("\"without\": [[1, 1]]", zeros + R"([[["0", "0", "0"], ["0", "0", "0"]]]})"),
         "question", "a claim of this kind has the same constants at all positions"},
        {by_key, "softly invariant", claim("\"without\": [[1, 1]]", zeros + R"([[["0", "0"], ["0", "0"]]]})"),
         "question", "a claim of this kind has the same constants at all positions"},
        {each_position, "means by position", claim("[\"0\", \"0\"], ", ""), "question",
         "2 positions were expected for each part"},
        {each_position, "means by position", claim("[[[\"0\", \"0\"]", "[[[\"0\", \"0\"], [\"0\", \"0\"]"), "question",
         "2 positions were expected for each part"},
        {each_position, "means by position", claim("[\"0\", \"0\"]", "[\"0\"]"), "question",
         "2 numbers were expected for each position"},
        {each_position, "means by position", claim("[\"0\", \"1/2\"]", "\"1/2\""), "question", "an array was expected"},
        {each_position, "without edge",
         claim("[[1, 1, 2, 1]]",
               R"([[1, 1, 2, 1]], "instead": {"by": "position", "constants": [[["0", "0"], ["0", "0"]]]})"),
         "question", "an edge adds nothing"},
        {zero_too, "means by position", claim("\"regex:..\"", "\"last\""), "exhaustion", "word \"00\""},
        {adds_list, "means by position",
         both(claim(R"([["0", "0"], ["0", "1/2"]])", R"([["0", "1/2"], ["0", "0"]])"),
              claim(", \"within\": \"0\"", "")),
         "exhaustion", "word \"00\""},
        {adds_list, "constants by position", claim("\"1/2\"", "\"0\""), "exhaustion", "word \"00\""},
        {adds_list, "constants by position", claim("\"1/2\"", "\"1/4\""), "exhaustion", "word \"00\""},
        {adds_list, "normed constants", evidence("0.0049", "0.005"), "enclosure",
         "its score is not certain, or nearer to 0"},
        {adds_list, "soft means by position", evidence("0.07", "0.08"), "enclosure",
         "its score is not certain, or nearer to 0"},
        {near_at_each, "means by position", claim("\"1/2\"", "\"1/4\""), "mean",
         "constants[0][1][1]: it is not so near to the mean"},
        {near_at_each, "means by position", claim("\"1/2\"", "\"3/4\""), "mean", "constants[0][1][1]"},
        {near_at_each, "soft means by position", claim("[[[\"1/2\"", "[[[\"3/4\""), "mean", "constants[0][0][0]"},
        {near_at_each, "soft means by position", claim("\"1/2\", \"0\"]]]", "\"1/2\", \"1/999\"]]]"), "mean",
         "constants[0][1][1]"},
        {read_or_not, "means by position", claim("[[[\"0\", \"0\"]", "[[[\"0\", \"1/4\"]"), "mean",
         "constants[0][0][1]"},
        {word_by_word, "same by proof",
         claim("\"length\"", zeros + R"([[["0", "0", "0"], ["0", "0", "0"]]]}, "length")"), "question",
         "with constants by position each word is evaluated by itself"},
        {word_by_word, "counts", claim("\"length\"", zeros + R"([[["0", "0"], ["0", "0"], ["0", "0"]]]}, "length")"),
         "question", "with constants by position each word is evaluated by itself"},
        {word_by_word, "regions", claim("\"length\"", zeros + R"([[["0", "0"], ["0", "0"]]]}, "length")"), "question",
         "with constants by position each word is evaluated by itself"},
    };
}

std::vector<Forgery> edges() {
    return {
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[1, 1, 2, 1], [1, 1, 2, 1]]"), "question",
         "the parts do not ascend"},
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[1, 1, 2, 1], [1, 1]]"), "question",
         "the parts do not ascend"},
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[2, 1, 1, 1]]"), "question",
         "an edge leads to a later layer"},
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[1, 1, 1, 1]]"), "question",
         "an edge leads to a later layer"},
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[1, 1, 2]]"), "question", "a part is [layer, head]"},
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[1, 1, 2, 2]]"), "question",
         "the model has no such part"},
        {edge_list, "without edge", claim("[[1, 1, 2, 1]]", "[[1, 1, 2, 0]]"), "question", "without[0][3]"},
        {not_read, "without edge", claim(", \"without\": [[1, 1, 2, 1]]", ""), "exhaustion", "word \"10\""},
        {not_read, "without edge", claim("\"last\"", "\"contains:1\""), "exhaustion", "word \"10\""},
        {not_read, "without edge", in("model.json", "\"weight\": [1, 0]", "\"weight\": [1, 1]"), "exhaustion",
         "word \"10\""},
    };
}

/// The first of the two layers of `without normed edge` as its text is.
constexpr const char* first_head = "\"heads\": [{\"value\": [[1, 0]], \"output\": [[0], [1]]}]}";

Edit of_first_part(const std::string& more) {
    const std::string part = first_head;
    return in("model.json", part, part.substr(0, part.size() - 1) + more);
}

std::vector<Forgery> edges_with_norms() {
    return {
        {before_the_norm, "without normed edge", claim(", \"without\": [[1, 1, 2, 1]]", ""), "enclosure", "word \"0\""},
        {before_the_norm, "without normed edge", claim("\"even\"", "\"last\""), "enclosure", "word \"0\""},
        {no_norm_after, "without normed edge", of_first_part(", \"norm\": {\"placement\": \"post\", \"eps\": 1}}"),
         "question", "a norm after a part, or a part without residual"},
        {no_norm_after, "without normed edge",
         of_first_part(
             "}, \"feedforward\": {\"maps\": [[[0, 0], [0, 0]]], \"norm\": {\"placement\": \"post\", \"eps\": 1}}"),
         "question", "a norm after a part, or a part without residual"},
        {all_residual, "without normed edge",
         of_first_part("}, \"feedforward\": {\"maps\": [[[1, 0], [0, 1]]], \"residual\": false}"), "question",
         "a norm after a part, or a part without residual"},
        {in_its_block, "without normed edge",
         in("model.json", "{\"value\": [[1, 0]], \"output\": [[\"-13/10\"]",
            "{\"value\": [[0, 1]], \"output\": [[\"-13/10\"]"),
         "enclosure", "word \"0\""},
        {by_itself, "without normed edge", evidence("0.0614", "0.0615"), "enclosure",
         "its score is not certain, or nearer to 0"},
        {no_classes, "without normed edge", evidence("\"bits\"", "\"classes\": [[1]], \"bits\""), "enclosure",
         "without edges of a model with norms no counts are looked at"},
        {no_classes, "without normed edge",
         both(evidence("\"bits\"", "\"by\": \"regions\", \"bits\""), add_file("regions.txt", ".\n.\n")), "enclosure",
         "evidence.by: regions are not for models with norms that lack edges"},
    };
}

constexpr const char* robust_key =
    "A claim `recognises` or `equal` may have the key `robust`: R, a number of the model format, not negative";
constexpr const char* two_classes = "The readout has no classes, or two";
constexpr const char* robust_kinds = "The evidence is `exhaustion`, `enclosure` without `classes`, or `witness`";
constexpr const char* far = "`exhaustion`: each score has the side that is said, and its square is greater than ρ";
constexpr const char* far_margin = "`enclosure`: the square of the margin is greater than ρ";
constexpr const char* crossing =
    "`witness`: expected is what the language says, actual the opposite, and the score on the word has the other side "
    "or "
    "is 0 or its square is at most ρ";

std::vector<Forgery> moves() {
    return {
        {robust_key, "robust", claim("\"9/10\"", "\"-9/10\""), "question", "a distance is not negative"},
        {robust_key, "robust", claim("\"9/10\"", "\"0.9\""), "question", "claim.robust"},
        {robust_key, "counted", claim("\"length\"", "\"robust\": 0, \"length\""), "question", "unknown key \"robust\""},
        {robust_key, "invariant", claim("\"length\"", "\"robust\": 0, \"length\""), "question",
         "unknown key \"robust\""},
        {robust_key, "robustly same", claim("\"9/10\"", "\"-9/10\""), "question", "a distance is not negative"},
        {two_classes, "robust",
         both(in("model.json", "\"version\": 1", "\"version\": 2"),
              in("model.json", "\"weight\": [1], \"bias\": 0",
                 "\"weight\": [[1], [0], [-1]], \"classes\": [\"a\", \"b\", \"c\"], \"accept\": [\"a\"]")),
         "question", "a readout without classes, or with two, was expected"},
        {robust_kinds, "tables", claim("\"verified\"", "\"verified\", \"robust\": 0"), "question",
         "tables have no vector that is read"},
        {robust_kinds, "counts", claim("\"verified\"", "\"verified\", \"robust\": 0"), "question",
         "each word was expected to be evaluated"},
        {robust_kinds, "suffix", claim("\"verified\"", "\"verified\", \"robust\": 0"), "question",
         "a refutation does not tell how far scores are from 0"},
        {far, "robust", claim("\"9/10\"", "\"1\""), "robust", "its score is not so far from 0"},
        {far, "robust", claim("\"last\"", "\"first\""), "robust", "word \"10\": its score is not so far from 0"},
        {far, "robust", in("model.json", "\"0\": [-1]", "\"0\": [-0.9]"), "robust", "its score is not so far from 0"},
        {far_margin, "softly robust", claim("0.29", "0.3"), "robust", "the margin is not so great"},
        {far_margin, "softly robust", evidence("0.42", "0.41"), "robust", "the margin is not so great"},
        {far_margin, "softly robust", both(claim("0.29", "0.3"), evidence("0.42", "0.43")), "enclosure",
         "its score is not certain, or nearer to 0"},
        {crossing, "not robust", claim("\"robust\": 1", "\"robust\": 0.99"), "robust", "its score does not reach 0"},
        {crossing, "not robust", evidence("\"expected\": \"reject\"", "\"expected\": \"accept\""), "robust",
         "the language says otherwise"},
        {crossing, "not robust", evidence("\"actual\": \"accept\"", "\"actual\": \"reject\""), "robust",
         "the language says otherwise"},
        {crossing, "not robust", evidence("\"10\"", "\"100\""), "robust", "the word has 3 symbols"},
    };
}

constexpr const char* of_the_other = "the other's answer to w′ stands for the language";
constexpr const char* two_said = "In the evidence `witness`, [x, x′], x′ is what the other answers, and x the opposite";
constexpr const char* soft_alone = "With an `enclosure` the model is soft, and the margin is about its scores alone";

void the_other_way_round(Certificate& certificate) {
    std::swap(certificate.files.at("model.json"), certificate.files.at("other.json"));
    certificate.claim = replaced(replaced(certificate.claim, "\"other\": \"last-two\"", "\"other\": \"some-one\""),
                                 "\"model\": \"some-one\"", "\"model\": \"last-two\"");
}

std::vector<Forgery> moves_beside_another() {
    return {
        {of_the_other, "robustly same", claim("\"9/10\"", "\"1\""), "robust", "its score is not so far from 0"},
        {of_the_other, "robustly same", in("other.json", "\"0\": [-1]", "\"0\": [3]"), "robust",
         "its score is not so far from 0"},
        {of_the_other, "robustly same", in("model.json", "\"0\": [-1]", "\"0\": [-0.9]"), "robust",
         "its score is not so far from 0"},
        {two_classes, "robustly same",
         both(in("model.json", "\"version\": 1", "\"version\": 2"),
              in("model.json", "\"weight\": [1], \"bias\": 0",
                 "\"weight\": [[1], [0], [-1]], \"classes\": [\"a\", \"b\", \"c\"], \"accept\": [\"a\"]")),
         "question", "a readout without classes, or with two, was expected"},
        {robust_kinds, "same by proof", claim("\"length\"", "\"robust\": 0, \"length\""), "question",
         "a refutation does not tell how far scores are from 0"},
        {robust_kinds, "same by counts", claim("\"length\"", "\"robust\": 0, \"length\""), "question",
         "each word was expected to be evaluated"},
        {crossing, "not robustly same", claim("\"robust\": 1", "\"robust\": 0.99"), "robust",
         "its score does not reach 0"},
        {two_said, "not robustly same", evidence("[\"accept\", \"reject\"]", "[\"reject\", \"accept\"]"), "robust",
         "the other model does otherwise"},
        {two_said, "not robustly same", evidence("[\"accept\", \"reject\"]", "[\"reject\", \"reject\"]"), "robust",
         "both models answer the same"},
        {far_margin, "softly robustly same", claim("0.29", "0.3"), "robust", "the margin is not so great"},
        {far_margin, "softly robustly same", both(claim("0.29", "0.3"), evidence("0.42", "0.43")), "enclosure",
         "its score is not certain, or nearer to 0"},
        {soft_alone, "softly robustly same", the_other_way_round, "robust", "the model whose vector moves is not soft"},
    };
}

}  // namespace

Section removals() {
    Section section{
        "15",
        {
            {kinds, "sensitive", claim("\"length\"", "\"without\": [[1, 1]], \"length\""), "question",
             "unknown key \"without\""},
            {kinds, "restriction", claim("\"length\"", "\"without\": [[1, 1]], \"length\""), "question",
             "unknown key \"without\""},
            {list, "without head", claim("[[1, 1]]", "[]"), "question", "without: some part was expected"},
            {list, "without head", claim("[[1, 1]]", "[[1, 2]]"), "question", "the model has no such part"},
            {list, "without head", claim("[[1, 1]]", "[[2, 1]]"), "question", "the model has no such part"},
            {list, "exhaustion", claim("\"verified\"", "\"verified\", \"without\": [[1, \"feedforward\"]]"), "question",
             "the model has no such part"},
            {list, "without head", claim("[[1, 1]]", "[1, 1]"), "question", "an array was expected"},
            {form, "without head", claim("[[1, 1]]", "[[1, 0]]"), "question", "without[0][1]"},
            {form, "without head", claim("[[1, 1]]", "[[0, 1]]"), "question", "without[0][0]"},
            {form, "without head", claim("[[1, 1]]", "[[1, \"ff\"]]"), "question", "\"feedforward\" was expected"},
            {form, "without head", claim("[[1, 1]]", "[[1]]"), "question", "a part is [layer, head]"},
            {order, "without head", claim("[[1, 1]]", "[[1, 1], [1, 1]]"), "question", "the parts do not ascend"},
            {order, "without head", claim("[[1, 1]]", "[[1, \"feedforward\"], [1, 1]]"), "question",
             "the parts do not ascend"},
            {zero, "without head", claim(", \"without\": [[1, 1]]", ""), "exhaustion", "word \"10\""},
            {zero, "without head", claim("[[1, 1]]", "[[1, \"feedforward\"]]"), "exhaustion", "word \"01\""},
            {zero, "without head", claim("[[1, 1]]", "[[1, 1], [1, \"feedforward\"]]"), "exhaustion", "word \"01\""},
            {zero, "without head", claim("\"last\"", "\"parity\""), "exhaustion", "word \"10\""},
            {zero, "counted without", claim("\"without\": [[1, 1]], ", ""), "exhaustion",
             "claim.wrong: it is wrong on 0 words"},
            {zero, "counted without", claim("\"wrong\": \"2\"", "\"wrong\": \"0\""), "exhaustion",
             "claim.wrong: it is wrong on 2 words"},
            {"For `equal` it is the model of the claim that lacks the parts, not the other", "same without",
             claim(", \"without\": [[1, 1]]", ""), "exhaustion", "word \"10\": one model accepts it"},
            {"For `equal` it is the model of the claim that lacks the parts, not the other", "same",
             claim("\"verified\"", "\"verified\", \"without\": [[1, 1]]"), "question", "the model has no such part"},
            {"A claim about tables has no such key", "tables",
             claim("\"verified\"", "\"verified\", \"without\": [[1, 1]]"), "question", "tables have no such parts"},
            {"A claim about tables has no such key", "tables and model",
             claim("\"verified\"", "\"verified\", \"without\": [[1, 1]]"), "question", "tables have no such parts"},
        }};
    for (const auto& more :
         {constants(), constants_by_position(), edges(), edges_with_norms(), moves(), moves_beside_another()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
