#include "checker/translation/word_diagram.hpp"

#include <algorithm>
#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/translation/language_circuit.hpp"
#include "checker/translation/program_circuit.hpp"
#include "checker/translation/translation.hpp"

// FORMAT.md, section 24. Levels grow from the root down and children stand before their parents: so a word takes one way and
// comes to an end, and counts are made from the leaves up, each node once. The count is that of the diagram; that the diagram
// has just the words on which model and language differ is what the refutation says.

namespace attest::checker {
namespace {

class Reader {
  public:
    Reader(std::string_view text, std::size_t symbols, std::size_t length, Budget& budget)
        : text_(text), symbols_(symbols), length_(length), budget_(budget) {}

    WordDiagram run() {
        result_.symbols = symbols_;
        read_order();
        for (;;) {
            const std::vector<std::size_t> numbers = next_line();
            if (text_.empty()) {
                read_root(numbers);
                return std::move(result_);
            }
            read_node(numbers);
        }
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Defect("diagram.txt: line " + std::to_string(line_), what);
    }

    std::vector<std::size_t> next_line() {
        ++line_;
        const std::size_t end = text_.find('\n');
        if (end == std::string_view::npos) fail("a line that ends was expected");
        std::string_view line = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        budget_.step(1 + line.size());
        std::vector<std::size_t> numbers;
        if (line.empty() && line_ == 1) return numbers;
        for (;;) {
            const std::size_t blank = line.find(' ');
            numbers.push_back(number(line.substr(0, blank)));
            if (blank == std::string_view::npos) return numbers;
            line.remove_prefix(blank + 1);
        }
    }

    std::size_t number(std::string_view token) const {
        constexpr std::size_t most_digits = 9;
        const bool digits = std::all_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (token.empty() || token.size() > most_digits || !digits || (token.size() > 1 && token[0] == '0'))
            fail("a decimal number without leading zeros was expected");
        return std::stoul(std::string(token));
    }

    void read_order() {
        result_.order = next_line();
        std::vector<bool> seen(length_ + 1, false);
        if (result_.order.size() != length_) fail("each position was expected once");
        for (const std::size_t p : result_.order) {
            if (p < 1 || p > length_ || seen[p]) fail("each position was expected once");
            seen[p] = true;
        }
    }

    void read_node(const std::vector<std::size_t>& numbers) {
        if (numbers.size() != symbols_ + 1) fail("a level and a number for each symbol were expected");
        WordDiagram::Node node{numbers[0], {numbers.begin() + 1, numbers.end()}};
        if (node.level < 1 || node.level > length_) fail("there is no such level");
        for (const std::size_t child : node.children) {
            if (child >= result_.nodes.size() + 2) fail("there is no such node before");
            if (result_.level_of(child) <= node.level) fail("levels grow from a node to its children");
        }
        budget_.memory(64 + 8 * symbols_);
        result_.nodes.push_back(std::move(node));
    }

    void read_root(const std::vector<std::size_t>& numbers) {
        if (numbers.size() != 1) fail("the root was expected");
        if (numbers[0] >= result_.nodes.size() + 2) fail("there is no such node before");
        result_.root = numbers[0];
    }

    std::string_view text_;
    std::size_t symbols_, length_;
    Budget& budget_;
    std::size_t line_ = 0;
    WordDiagram result_;
};

/// The literal that is true on the words that come to 1.
Literal literal_of(Circuit& circuit, const WordInputs& word, const WordDiagram& diagram) {
    Literals literals{bottom, top};
    for (const WordDiagram::Node& node : diagram.nodes) {
        Literals ways;
        for (std::size_t a = 0; a < node.children.size(); ++a)
            ways.push_back(
                circuit.conjunction(word.present(diagram.order[node.level - 1], a), literals[node.children[a]]));
        literals.push_back(circuit.disjunction(std::move(ways)));
    }
    return literals[diagram.root];
}

}  // namespace

WordDiagram read_diagram(std::string_view text, std::size_t symbols, std::size_t length, Budget& budget) {
    budget.memory(16 * length);
    return Reader(text, symbols, length, budget).run();
}

mpz_class count_words(const WordDiagram& diagram, Budget& budget) {
    const std::size_t length = diagram.order.size();
    std::vector<mpz_class> powers{1};
    const auto digits = static_cast<std::uint64_t>(length) / 8 + 64;  // bytes of a count: 256 symbols and fewer
    budget.memory(length + 1, digits);
    while (powers.size() <= length) powers.push_back(powers.back() * static_cast<unsigned long>(diagram.symbols));
    std::vector<mpz_class> counts{0, 1};
    for (const WordDiagram::Node& node : diagram.nodes) {
        budget.memory(digits);
        budget.step(node.children.size(), 4 + length / 4);
        mpz_class& count = counts.emplace_back(0);
        for (const std::size_t child : node.children)
            count += counts[child] * powers[diagram.level_of(child) - node.level - 1];
    }
    return counts[diagram.root] * powers[diagram.level_of(diagram.root) - 1];
}

Miter build_miter_of_diagram(const Instance& instance, const Language& language,
                             const std::vector<std::size_t>& letters, const std::vector<Drop>& drops,
                             const WordDiagram& diagram, Budget& budget) {
    const WordInputs word{instance.model->alphabet.size(), instance.length};
    Circuit circuit(word.count(), budget);
    const ModelLiterals model = translate_model(circuit, word, instance, drops, budget);
    const Literal differs = circuit.parity(model.accept, language_literal(circuit, word, language, letters));
    Literals roots{circuit.parity(differs, literal_of(circuit, word, diagram))};
    roots.insert(roots.end(), model.dropped.begin(), model.dropped.end());
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

Miter build_miter_of_diagram(Program& program, const Language& language, const std::vector<std::size_t>& letters,
                             const WordDiagram& diagram, Budget& budget) {
    const WordInputs word{program.alphabet.size(), diagram.order.size()};
    Circuit circuit(word.count(), budget);
    const ProgramLiterals literals = translate_program(circuit, word, program, budget);
    const Literal differs = circuit.parity(literals.accept, language_literal(circuit, word, language, letters));
    Literals roots{circuit.parity(differs, literal_of(circuit, word, diagram)), literals.fault};
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

}  // namespace attest::checker
