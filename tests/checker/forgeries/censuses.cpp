#include "censuses.hpp"

// Section 9.16: networks for all functions of a few bits.

namespace forgeries {
namespace {

Certificate census_of(int length, int classes, const std::string& networks) {
    return {R"({"kind": "census", "class": )" + class_of(2, 1, "2") + R"(, "length": )" + std::to_string(length) + "}",
            R"({"kind": "networks", "classes": )" + std::to_string(classes) + "}",
            {{"networks.txt", networks}}};
}

/// Nothing, both symbols, the first, and whether they differ: the second position knows the first, the first whether
/// both are 1.
Certificate census_of_two() { return census_of(2, 4, "0 1 3\n8 1 3\nc 1 3\n6 1 3\n"); }

Certificate census_of_three() {
    return census_of(3, 14,
                     "00 44 1b 21\n80 44 1b 21\nc0 44 1b 25\n60 44 1b 25\ne0 44 1b 25\nf0 44 1b 25\n68 41 d7 25\n"
                     "e8 41 13 25\n18 c1 13 27\n98 c1 13 27\nd8 c1 13 27\n78 c1 13 27\n3c c1 13 27\n96 c1 13 27\n");
}

Edit census_claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit network_lines(const std::string& from, const std::string& to) { return in("networks.txt", from, to); }

constexpr const char* census_keys =
    "A claim of the kind `census` is `{\"kind\", \"class\": {…}, \"length\": N}` with a class of section 9";
constexpr const char* census_class =
    "of which L = 2, H = 1, A = 2, `read: \"end\"`, `mask: \"none\"`, positions visible and `key_dimension: null`";
constexpr const char* few_bits = "2 ≤ N ≤ 5";
constexpr const char* census_evidence =
    "The evidence is `{\"kind\": \"networks\", \"classes\": count}`, with the file `networks.txt` and no other";
constexpr const char* count_lines = "`networks.txt` has count lines";
constexpr const char* tables_of_line =
    "Each is N + 1 tables f, v₁, …, v_N, with one blank between two and a newline behind the last";
constexpr const char* table_digits = "a table is 2^N / 4 lower-case hexadecimal digits";
constexpr const char* can_hold =
    "for each line, each position j and each symbol b, the words that have b at j are used up by taking out, again and "
    "again, those that have some symbol at some position other than j, where v_j has one value on those of them that "
    "are "
    "left";
constexpr const char* can_tell =
    "for each line and each symbol b, the words that end with b are used up by taking out, again and again, those on "
    "which "
    "some v_j has some value, where f has one value on those of them that are left";
constexpr const char* least_number = "no change makes of f a function with a smaller number";
constexpr const char* ascending = "The numbers of the functions ascend strictly from line to line";
constexpr const char* sum_of_images = "the sum of 2 · N! · 2^N / s over all lines is 2^(2^N)";

}  // namespace

Originals originals_of_censuses() { return {{"census", census_of_two}, {"census of three", census_of_three}}; }

Section censuses() {
    const auto other = [](const std::string& from, const std::string& to) -> Forgery {
        return {census_class, "census", census_claim(from, to), "question",
                "all functions are about two layers of one head"};
    };
    const auto counted = [](const std::string& to) { return in("evidence", "\"classes\": 4", "\"classes\": " + to); };
    return {
        "9.16",
        {
            {census_keys, "census", census_claim("\"length\"", "\"verdict\": \"possible\", \"length\""), "question",
             "unknown key \"verdict\""},
            {census_keys, "census", census_claim("\"length\"", "\"language\": \"parity\", \"length\""), "question",
             "unknown key \"language\""},
            {census_keys, "census", census_claim(", \"key_dimension\": null", ""), "question",
             "\"key_dimension\" is missing"},
            other("\"layers\": 2", "\"layers\": 1"),
            other("\"heads\": 1", "\"heads\": 2"),
            other("\"activations\": 2", "\"activations\": null"),
            other("\"activations\": 2", "\"activations\": 3"),
            other("\"read\": \"end\"", "\"read\": \"last\""),
            other("\"mask\": \"none\"", "\"mask\": \"strict\""),
            other("\"key_dimension\": null", "\"key_dimension\": 1"),
            {few_bits, "census", census_claim("\"length\": 2", "\"length\": 1"), "question", "claim.length"},
            {few_bits, "census", census_claim("\"length\": 2", "\"length\": 6"), "question", "claim.length"},
            {census_evidence, "census", in("evidence", "\"networks\"", "\"network\""), "question",
             "\"networks\" was expected"},
            {census_evidence, "census", in("evidence", ", \"classes\": 4", ""), "question", "\"classes\" is missing"},
            {census_evidence, "census", without("networks.txt"), "digest", "the file is missing"},
            {census_evidence, "census", add_file("witness.json", "{}"), "digest", "has no such file"},
            {count_lines, "census", counted("5"), "network", "networks.txt has 4 lines"},
            {count_lines, "census", network_lines("6 1 3\n", "6 1 3\n\n"), "network", "line 5"},
            {tables_of_line, "census", network_lines("8 1 3", "8 1 3 0"), "network",
             "line 2: the end of the line was expected"},
            {tables_of_line, "census", network_lines("8 1 3", "8 1"), "network", "line 2: a blank was expected"},
            {tables_of_line, "census", network_lines("8 1 3", "8  1 3"), "network",
             "line 2: lower-case hexadecimal digits were expected"},
            {tables_of_line, "census", network_lines("6 1 3\n", "6 1 3"), "network",
             "line 4: a table of 1 digits was expected"},
            {tables_of_line, "census", network_lines("8 1 3\n", "8 1 3\r\n"), "network",
             "line 2: the end of the line was expected"},
            {table_digits, "census", network_lines("c 1 3", "C 1 3"), "network",
             "line 3: lower-case hexadecimal digits were expected"},
            {table_digits, "census", network_lines("c 1 3", "0c 1 3"), "network", "line 3: a blank was expected"},
            {can_hold, "census of three", network_lines("80 44 1b 21", "80 64 1b 21"), "network",
             "line 2: position 1 cannot hold its values"},
            {can_hold, "census of three", network_lines("80 44 1b 21", "80 44 12 21"), "network",
             "line 2: position 2 cannot hold its values"},
            {can_hold, "census of three", network_lines("80 44 1b 21", "80 44 1b 14"), "network",
             "line 2: position 3 cannot hold its values"},
            {can_tell, "census", network_lines("6 1 3", "6 0 0"), "network", "line 4: no reader tells the function"},
            {can_tell, "census", network_lines("6 1 3", "6 f 1"), "network", "line 4: no reader tells the function"},
            {can_tell, "census of three", network_lines("96 c1 13 27", "96 00 00 00"), "network",
             "line 14: no reader tells the function"},
            {least_number, "census", network_lines("8 1 3", "4 1 3"), "network",
             "line 2: the function is not the least"},
            {least_number, "census", network_lines("c 1 3", "5 1 3"), "network",
             "line 3: the function is not the least"},
            {least_number, "census", network_lines("6 1 3", "7 1 3"), "network",
             "line 4: the function is not the least"},
            {least_number, "census", network_lines("6 1 3", "f 1 3"), "network",
             "line 4: the function is not the least"},
            {ascending, "census", network_lines("8 1 3\nc 1 3", "c 1 3\n8 1 3"), "network",
             "line 3: the functions do not ascend"},
            {ascending, "census", both(network_lines("c 1 3", "c 1 3\nc 1 3"), counted("5")), "network",
             "line 4: the functions do not ascend"},
            {sum_of_images, "census", both(network_lines("6 1 3\n", ""), counted("3")), "network",
             "its functions have 14 images, of 16 functions"},
            {sum_of_images, "census", both(network_lines("0 1 3\n", ""), counted("3")), "network",
             "its functions have 14 images, of 16 functions"},
            {sum_of_images, "census", both(put("networks.txt", ""), counted("0")), "network",
             "its functions have 0 images"},
        },
    };
}

}  // namespace forgeries
