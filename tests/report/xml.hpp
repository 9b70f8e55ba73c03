#pragma once

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string>

namespace attest::tests {

/// Throws where the document is no XML.
inline boost::property_tree::ptree parsed(const std::string& document) {
    std::istringstream stream(document);
    boost::property_tree::ptree tree;
    read_xml(stream, tree);
    return tree;
}

}  // namespace attest::tests
