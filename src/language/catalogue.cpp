#include "attest/language/language.hpp"

namespace attest::language {

const std::vector<LanguageInfo>& catalogue() {
    static const std::string any = "any (default 0 1)";
    static const std::vector<LanguageInfo> rows = {
        {"parity", "0 1", "an odd number of 1", "0111"},
        {"even", "0 1", "an even number of 1", "0110"},
        {"majority", "0 1", "more 1 than 0", "0111"},
        {"first", "0 1", "the first symbol is 1", "1000"},
        {"last", "0 1", "the last symbol is 1", "0001"},
        {"all-ones", "0 1", "no 0", "1111"},
        {"contains:WORD", "any (default 0 1, or the symbols of WORD)", "WORD is a factor: its symbols in a row",
         "contains:11: 0110"},
        {"mod:M,R", "0 1", "the number of 1 is R modulo M; 1 <= M <= 4096, 0 <= R < M", "mod:3,2: 0110"},
        {"dyck:K[,D]", "K bracket pairs: () [] {} <> aA bB … zZ",
         "balanced brackets of K kinds, nested at most D deep; 1 <= K <= 30, 1 <= D", "dyck:2,2: ([])"},
        {"palindrome", any, "the same read backwards", "0110"},
        {"tomita:1", "0 1", "1*", "1111"},
        {"tomita:2", "0 1", "(10)*", "1010"},
        {"tomita:3", "0 1", "no odd run of 1 directly before an odd run of 0", "1001"},
        {"tomita:4", "0 1", "no 000", "1001"},
        {"tomita:5", "0 1", "an even number of 0 and an even number of 1", "0110"},
        {"tomita:6", "0 1", "the number of 0 less the number of 1 is a multiple of 3", "01000"},
        {"tomita:7", "0 1", "0*1*0*1*", "0101"},
        {"anbn", "a b", "k times a, then k times b", "aabb"},
        {"anbncn", "a b c", "k times a, then k times b, then k times c", "abc"},
        {"shuffle:K", "K bracket pairs: () [] {} <> aA bB … zZ",
         "each kind alone is balanced, interleaved freely; 1 <= K <= 30", "shuffle:2: ([)]"},
        {"reset-dyck", "( ) 1", "balanced, where 1 closes all that is open", "((1()"},
        {"boolexpr:R", "0 1, then a b … of arity 1, 2, … R",
         "one expression in prefix notation, 0 and 1 its atoms; 1 <= R <= 26", "boolexpr:2: b1a0"},
        {"nested:N", "a b", "D_N of D_1 = (ab)*, D_N = (a D_(N-1) b)*; 1 <= N <= 4096", "nested:2: aabb"},
        {"regex:PATTERN", "any (default 0 1, or the symbols of PATTERN)",
         "PATTERN matches the whole word: | * + ? {m,n} ( ) . [a-z] [^ab] \\", "regex:0(1|01)*: 01101"},
        {"dfa:FILE", "the file's", "the automaton of FILE accepts (attest/dfa, HOA, or JSON of automata-lib)", ""},
        {"table:HEX", "0 1", "the truth table has a 1, word 0…0 first; one length only", "table:6996: 0111"},
    };
    return rows;
}

}  // namespace attest::language
