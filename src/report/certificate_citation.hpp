#pragma once

#include <string>

#include "report/sources.hpp"

namespace attest::report {

/// Who publishes a certificate, and where it lies.
struct Publication {
    std::string author;   ///< as BibTeX has names, `A. Author and B. Author`; empty: nobody is named
    std::string url;      ///< empty: none
    bool figure = false;  ///< also where heads look on the counterexample
};

/// What a paper needs to cite a certificate: a BibTeX entry of it and one of attest, whose notes the usual styles print
/// (plain.bst knows no field for version, URL or digest), a sentence with the claim, and the figure, in LaTeX without packages.
///
/// Needs   an accepted certificate
/// Throws  UsageError where a figure is asked for and the certificate has no counterexample that can be drawn
std::string certificate_citation(const Certificate& certificate, const Publication& publication);

}  // namespace attest::report
