#include "checker/language/program_text.hpp"

#include <algorithm>
#include <set>

namespace attest::checker {

void for_each_statement(std::string_view text, const std::string& file, std::string_view comment, Budget& budget,
                        const std::function<void(ProgramLine&)>& statement) {
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view content = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        budget.step(content.size() + 16, 8);
        content = content.substr(0, content.find(comment));
        ProgramLine line(content, file + " line " + std::to_string(++number));
        if (!line.at_end()) statement(line);
    }
}

void read_program_alphabet(ProgramLine& line, std::vector<Symbol>& alphabet, Budget& budget) {
    if (!alphabet.empty()) line.fail("there is a second alphabet");
    std::set<Symbol> known;
    do {
        const Symbol symbol = line.symbol();
        budget.memory(256 + 2 * symbol.size());
        if (!known.insert(symbol).second) line.fail("the symbol " + quoted(symbol) + " occurs twice");
        alphabet.push_back(symbol);
    } while (!line.at_end());
    if (!is_separated(alphabet)) return;
    for (const Symbol& symbol : alphabet)
        if (symbol.find(' ') != Symbol::npos) line.fail("a symbol has a blank where one has several characters");
}

std::size_t defined_name(ProgramLine& line, const std::map<std::string, std::size_t>& names) {
    const std::string name = line.at_name() ? line.next() : "";
    const auto known = names.find(name);
    if (known == names.end()) line.fail("a name that is defined above was expected, found " + quoted(name, 40));
    return known->second;
}

}  // namespace attest::checker
