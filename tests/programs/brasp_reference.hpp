#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace attest::tests {

/// What a B-RASP program says about a word, by the definition alone: a reader of its own, every expression read anew for each
/// pair of positions. For small programs.
class BraspReference {
  public:
    explicit BraspReference(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            line = line.substr(0, line.find('#'));
            std::string first = trimmed(line), rest;
            if (first.empty()) continue;
            const std::size_t end = first.find_first_of(" \t=");
            rest = first.substr(end);
            first = first.substr(0, end);
            if (first == "alphabet") {
                std::istringstream symbols(rest);
                for (std::string symbol; symbols >> symbol;) alphabet_.push_back(unquoted(symbol));
            } else if (first == "output") {
                output_ = trimmed(rest);
            } else {
                last_ = first;
                bodies_[first] = trimmed(rest.substr(rest.find('=') + 1));
            }
        }
    }

    const std::vector<std::string>& alphabet() const { return alphabet_; }

    bool accepts(const std::vector<std::string>& word) {
        word_ = &word;
        known_.clear();
        return at(output_.empty() ? last_ : output_, static_cast<int>(word.size()));
    }

  private:
    static std::string trimmed(const std::string& text) {
        const auto from = text.find_first_not_of(" \t\r"), to = text.find_last_not_of(" \t\r");
        return from == std::string::npos ? "" : text.substr(from, to - from + 1);
    }
    static std::string unquoted(const std::string& text) {
        return text.front() == '"' ? text.substr(1, text.size() - 2) : text;
    }

    bool at(const std::string& name, int i) {
        const auto known = known_.find({name, i});
        if (known != known_.end()) return known->second;
        const bool value = compute(bodies_.at(name), i);
        return known_[{name, i}] = value;
    }

    bool compute(const std::string& body, int i) {
        if (body == "bos") return i == 0;
        if (body.starts_with("symbol ")) return i > 0 && (*word_)[i - 1] == unquoted(trimmed(body.substr(7)));
        if (body.starts_with("const ")) return trimmed(body.substr(6)) == "true";
        if (body.starts_with("rightmost") || body.starts_with("leftmost")) {
            const bool right = body.starts_with("rightmost");
            const std::string inside = body.substr(body.find('(') + 1, body.rfind(')') - body.find('(') - 1);
            const std::size_t comma = inside.find(',');
            for (int step = 0; step < i; ++step) {
                const int j = right ? i - 1 - step : step;
                if (value(inside.substr(0, comma), i, j)) return value(inside.substr(comma + 1), i, j);
            }
            return false;
        }
        return value(body, i, i);
    }

    bool value(const std::string& text, int i, int j) {
        std::size_t at = 0;
        return any(text, at, i, j);
    }
    static char next(const std::string& text, std::size_t& at) {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
        return at < text.size() ? text[at] : '\0';
    }
    bool any(const std::string& text, std::size_t& at, int i, int j) {
        bool result = all(text, at, i, j);
        while (next(text, at) == '|') result = all(text, ++at, i, j) || result;
        return result;
    }
    bool all(const std::string& text, std::size_t& at, int i, int j) {
        bool result = atom(text, at, i, j);
        while (next(text, at) == '&') result = atom(text, ++at, i, j) && result;
        return result;
    }
    bool atom(const std::string& text, std::size_t& at, int i, int j) {
        if (next(text, at) == '!') return !atom(text, ++at, i, j);
        if (next(text, at) == '(') {
            const bool result = any(text, ++at, i, j);
            next(text, at);
            ++at;  // )
            return result;
        }
        std::string name;
        while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_'))
            name += text[at++];
        if (name == "true" || name == "false") return name == "true";
        bool of_key = false;
        if (next(text, at) == '@') {
            ++at;
            of_key = next(text, at) == 'j';
            ++at;
        }
        return this->at(name, of_key ? j : i);
    }

    std::vector<std::string> alphabet_;
    std::map<std::string, std::string> bodies_;
    std::string output_, last_;
    const std::vector<std::string>* word_ = nullptr;
    std::map<std::pair<std::string, int>, bool> known_;
};

}  // namespace attest::tests
