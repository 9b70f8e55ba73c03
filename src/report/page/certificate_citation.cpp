#include "report/certificate_citation.hpp"

#include <fmt/format.h>

#include "attention_latex.hpp"
#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "json_view.hpp"
#include "report/bibliography.hpp"
#include "report/latex.hpp"
#include "subject.hpp"

namespace attest::report {

namespace {

/// A digest in which a line may end.
std::string digest_latex(const std::string& digest) {
    std::string text;
    for (std::size_t at = 0; at < digest.size(); at += 8)
        text += (at == 0 ? "" : "\\allowbreak ") + digest.substr(at, 8);
    return "\\texttt{" + text + "}";
}

/// Likewise an address: after each / and the like.
std::string url_latex(const std::string& url) {
    std::string text;
    for (const char c : url) {
        text += latex(std::string(1, c));
        if (c == '/' || c == '.' || c == '-' || c == '?' || c == '&') text += "\\allowbreak ";
    }
    return "\\texttt{" + text + "}";
}

/// What goes into a field of BibTeX as it is must not end it.
void require_plain(const char* option, const std::string& text) {
    long open = 0;
    for (const char c : text) {
        open += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (open < 0 || static_cast<unsigned char>(c) < ' ') break;
    }
    if (open != 0 || text.find_first_of("\n\r") != std::string::npos)
        throw base::UsageError(
            fmt::format("{}: expected one line with braces in pairs, found {}", option, base::printable(text, 400)));
}

std::string key_of(const Certificate& certificate) { return "attest-" + certificate.digest.substr(0, 12); }

std::string entry(const Certificate& certificate, const Publication& publication) {
    std::string text = fmt::format("@misc{{{},\n", key_of(certificate));
    if (!publication.author.empty()) text += fmt::format("  author  = {{{}}},\n", publication.author);
    text += fmt::format("  title   = {{{{Certificate: {}}}}},\n  version = {{attest {}}},\n", latex(certificate.claim),
                        base::version());
    if (!publication.url.empty())
        text +=
            fmt::format("  url     = {{{}}},\n  howpublished = {{{}}},\n", publication.url, url_latex(publication.url));
    return text + fmt::format("  note    = {{Version: attest {}. SHA-256 of its manifest: {}}}\n}}\n", base::version(),
                              digest_latex(certificate.digest));
}

std::string sentence(const Certificate& certificate) {
    std::string assumptions;
    for (const std::string& assumption : certificate.assumptions)
        assumptions += (assumptions.empty() ? ", assuming that " : "; ") + latex(assumption);
    return fmt::format("% a sentence\n{}~\\cite{{{}}} ({}; accepted by the checker of attest~{}~\\cite{{attest}}{}).\n",
                       latex(certificate.claim), key_of(certificate), latex(certificate.evidence), base::version(),
                       assumptions);
}

std::string figure(const Certificate& certificate) {
    const base::Json* evidence = find(certificate.manifest, "evidence");
    const std::optional<Subject> subject = subject_of(certificate);
    if (evidence == nullptr || !subject || text_at(*evidence, "kind") != "witness")
        throw base::UsageError(fmt::format("--figure: expected the certificate of a counterexample, found in {}: {}",
                                           base::printable(certificate.path), base::printable(certificate.claim, 400)));
    const std::string text = text_at(*evidence, "word");
    const NetworkRun run =
        run_of(subject->network, subject->alphabet().parse(text, certificate.path + "/manifest.json:evidence.word"));
    const std::string outcome =
        fmt::format("{}{}", run.accepts ? "accepted" : "rejected",
                    text_at(*evidence, "expected") == "accept" ? ", should be accepted" : ", should be rejected");
    const std::string picture = attention_latex(run.attention, outcome);
    if (picture.empty())
        throw base::UsageError(fmt::format("--figure: the sequence of {} positions has too much to see for a figure",
                                           run.attention.symbols.size()));
    return fmt::format(
        "% the figure\n\\begin{{figure}}\n\\centering\n{}\\caption{{Where the heads look on the word \\texttt{{{}}}: "
        "an arc leads from "
        "a position to what it attends to, dotted by head; framed values reach the readout. {}~\\cite{{{}}}.}}\n"
        "\\label{{fig:{}}}\n\\end{{figure}}\n",
        picture, latex(text), latex(certificate.claim), key_of(certificate), key_of(certificate));
}

}  // namespace

std::string certificate_citation(const Certificate& certificate, const Publication& publication) {
    require_plain("--author", publication.author);
    require_plain("--url", publication.url);
    std::string text = "% the certificate\n" + entry(certificate, publication) + "\n% attest\n" + bibtex("attest") +
                       "\n" + sentence(certificate);
    if (publication.figure) text += "\n" + figure(certificate);
    return text;
}

}  // namespace attest::report
